#!/bin/sh
# Anna's rows alone, through a pipe. usage: anna.sh ATTRIBUTE, in the source folder
set -eu
grep -e '^visitor,' -e '^anna,' examples/data/touchpoints.csv |
  "$1" --quiet --spec examples/data/story.json --model first --model last --model linear --model position_based \
    --model time_decay --format csv -
