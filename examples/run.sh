#!/usr/bin/env bash
# The main job, from nothing: installs what is missing, builds, and says who earned each conversion.
#
#   bash examples/run.sh                 on the sample that ships, examples/data
#   bash examples/run.sh FILE...         on your files
#   bash examples/run.sh --help          all options; docs/formats/command_line.md explains them
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
source "$here/../cmake/setup.sh"

mta_setup build
mta_configure "$mta_root/build/release" -DCMAKE_BUILD_TYPE=Release
cmake --build "$mta_root/build/release" --target attribute >&2

if [ $# -eq 0 ]; then
  set -- --spec "$here/data/story.json" "$here/data/touchpoints.csv"
fi
exec "$mta_root/build/release/examples/attribute" "$@"
