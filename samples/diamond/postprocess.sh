#!/bin/sh
# postprocess.sh LEFT RIGHT OUT
# Joins LEFT and RIGHT into OUT, keeps both results as the workflow's user data "results", and posts an event.
set -eu
left=$1
right=$2
out=$3

for in in "$left" "$right"; do
    [ -f "$in" ] || { echo "there is no input $in" >&2; exit 2; }
done

echo "joining $left and $right"
sleep 2
results="{\"key1\": $(cat "$left"), \"key2\": $(cat "$right")}"
echo "$results" > "$out"

torc data set results "$results"
torc event post diamond_joined --data "{\"output\": \"$out\"}"
echo "wrote $out"
