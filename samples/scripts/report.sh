#!/bin/sh
# Runs a workflow, waits for its end, prints what became of it, and leaves an event behind.
#   sh report.sh SPEC [DATA]
# DATA is the name of a user data to print. Returns what `torc wait` does: 0 if all went well, 3 if jobs failed, 8 if the spec has errors.
# A server must run: `torc up` starts one.
set -u
spec=$1
data=${2:-}

workflow=$(torc run "$spec" -q) || exit
torc wait "$workflow" --timeout 1h -q
ended=$?

echo "Workflow $workflow ended with $ended:"
torc show "$workflow" --columns job,status,time --tsv --no-header

if [ -n "$data" ] && value=$(torc data get "$data" --workflow "$workflow"); then
    echo "$data is $value"
fi

if [ "$ended" -ne 0 ]; then
    torc logs "$workflow" --failed
fi

torc event post reported --workflow "$workflow" --data "{\"exit_code\": $ended}"
exit "$ended"
