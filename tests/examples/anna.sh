#!/bin/sh
# Anna's rows alone, through a pipe. usage: anna.sh ATTRIBUTE, in the source folder
set -eu
grep -e '^visitor,' -e '^anna,' examples/data/touchpoints.csv |
  "$1" --quiet --spec examples/data/story.json --goal sale --model linear --model position_based \
    --model time_decay --format csv -
