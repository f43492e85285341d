#!/usr/bin/env bash
# Half a minute of hostile input for the readers, as fast code reads it. Another seed each day, which the last line names.
# What analyzers say of the same sources, the ordinary build says.
set -euo pipefail
cd "$(dirname "$0")"

dotnet build Torc.Fuzz.csproj -c Release --nologo -v quiet -p:RunAnalyzers=false
dotnet bin/Release/net10.0/Torc.Fuzz.dll --corpus corpus --seconds 30 --seed "$(date +%Y%m%d)"
