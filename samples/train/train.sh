# Stands for a training: train.sh MODEL EPOCHS. Each epoch halves the loss; the checkpoint is "epoch loss".
set -eu
model=$1
epochs=$2
checkpoint=checkpoint.txt
epoch=0
loss=1024
if [ -f "$checkpoint" ]; then
    read -r epoch loss < "$checkpoint"
    echo "going on after epoch $epoch"
fi

# Whoever ends a job sends it TERM first. The epoch that has begun is finished; the next one is another attempt's.
stop=no
trap 'stop=yes' TERM

while [ "$epoch" -lt "$epochs" ]; do
    if [ "$stop" = yes ]; then
        echo "asked to stop after epoch $epoch"
        exit 143
    fi

    sleep 0.3
    loss=$((loss / 2))
    epoch=$((epoch + 1))

    # Renamed when it is whole, so that there is always one that can be read.
    echo "$epoch $loss" > "$checkpoint.new"
    mv "$checkpoint.new" "$checkpoint"
    echo "epoch $epoch: loss $loss"
    torc event post checkpoint --data "{\"epoch\": $epoch, \"loss\": $loss}" || echo "nobody was told of epoch $epoch" >&2
done
cp "$checkpoint" "$model"
