#!/bin/sh
# work.sh IN OUT MEBIBYTES SECONDS
# Keeps one CPU busy and MEBIBYTES of memory filled for SECONDS, then writes to OUT the square of the number in IN.
set -eu
in=$1
out=$2
mebibytes=$3
seconds=$4

[ -f "$in" ] || { echo "there is no input $in" >&2; exit 2; }
n=$(sed -n 's/.*"n"[[:space:]]*:[[:space:]]*\([0-9][0-9]*\).*/\1/p' "$in" | head -n 1)
[ -n "$n" ] || { echo "$in has no number n" >&2; exit 2; }

# tail must keep a last line until its input ends, and all of these zero bytes are one line.
echo "filling $mebibytes MiB for $seconds s"
{ head -c "$((mebibytes * 1048576))" /dev/zero; sleep "$seconds"; } | tail -n 1 | wc -c > /dev/null &
memory=$!

# date is asked once in a while only: starting it costs more than the counting.
rounds=0
end=$(($(date +%s) + seconds))
while [ "$(date +%s)" -lt "$end" ]; do
    i=0
    while [ "$i" -lt 20000 ]; do
        i=$((i + 1))
    done
    rounds=$((rounds + 1))
done
wait "$memory"

echo "{\"n\": $n, \"square\": $((n * n)), \"rounds\": $rounds}" > "$out"
echo "wrote $out after $rounds rounds"
