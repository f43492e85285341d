# Lets a number of things grow: run.sh RATE SEED OUTPUT. Writes "rate seed generations" until there are a million.
set -eu
rate=$1
seed=$2
output=$3
count=$((seed * 100))
generations=0
while [ "$count" -lt 1000000 ]; do
    count=$((count + count * rate / 100))
    generations=$((generations + 1))
done
mkdir -p "$(dirname "$output")"
printf '%3d %2d %4d\n' "$rate" "$seed" "$generations" > "$output"
