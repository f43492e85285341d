#!/usr/bin/env bash
# A minute of hostile input for the readers, as fast code reads it. Another seed each day, which the last line names.
set -euo pipefail
cd "$(dirname "$0")"

dotnet build Torc.Fuzz.csproj -c Release --nologo -v quiet
dotnet bin/Release/net10.0/Torc.Fuzz.dll --corpus corpus --seconds 60 --seed "$(date +%Y%m%d)"
