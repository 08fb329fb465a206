#!/bin/sh
# Writes touchpoints.csv to standard output: the same bytes on every machine.
set -eu
here=$(dirname "$0")
echo "visitor,timestamp,event,channel,campaign,device,value,order_id"
LC_ALL=C awk -f "$here/generate.awk" | LC_ALL=C sort -t , -k 2,2 -k 1,1 -k 3
