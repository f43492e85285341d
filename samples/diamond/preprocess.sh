#!/bin/sh
# preprocess.sh IN LEFT RIGHT
# Takes the number "n" out of IN and writes one half of it to LEFT and the rest to RIGHT.
set -eu
in=$1
left=$2
right=$3

[ -f "$in" ] || { echo "there is no input $in" >&2; exit 2; }
n=$(sed -n 's/.*"n"[[:space:]]*:[[:space:]]*\([0-9][0-9]*\).*/\1/p' "$in" | head -n 1)
[ -n "$n" ] || { echo "$in has no number n" >&2; exit 2; }

for step in 1 2 3; do
    echo "step $step of 3: looking at $n"
    sleep 1
done

half=$((n / 2))
echo "{\"n\": $half}" > "$left"
echo "{\"n\": $((n - half))}" > "$right"
echo "wrote $left and $right"
