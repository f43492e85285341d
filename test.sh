#!/usr/bin/env bash
# Runs all tests. Installs what they need where it may (Chromium, for the tests in a browser), and says what is skipped
# and why where it may not. The last line is "N passed, N failed, N skipped".
# Arguments go to `dotnet test`, such as --no-build.
set -uo pipefail
cd "$(dirname "$0")" || exit 1

install_chromium() {
    command -v chromium > /dev/null && return
    if ! command -v apt-get > /dev/null || [ "$(id -u)" -ne 0 ]; then
        echo "test.sh: there is no Chromium and this user may not install it, so the tests in a browser are skipped."
        echo "test.sh: on Debian or Ubuntu: sudo apt-get install chromium"
        return
    fi
    echo "test.sh: installing Chromium for the tests in a browser"
    apt-get update -qq && apt-get install -y -qq --no-install-recommends chromium > /dev/null ||
        echo "test.sh: Chromium could not be installed, so the tests in a browser are skipped."
}

install_chromium
log=$(mktemp)
trap 'rm -f "$log"' EXIT
dotnet test --project Torc.Tests "$@" 2>&1 | tee "$log"
status=${PIPESTATUS[0]}

count() { sed -n "s/^ *$1: *\([0-9][0-9]*\)$/\1/p" "$log" | tail -n 1; }
echo "$(count succeeded || true) passed, $(count failed || true) failed, $(count skipped || true) skipped"
exit "$status"
