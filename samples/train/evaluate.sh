# Stores how good the model is as user data: evaluate.sh MODEL
set -eu
read -r epochs loss < "$1"
torc data set quality "{\"epochs\": $epochs, \"loss\": $loss}"
