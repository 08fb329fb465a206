#!/usr/bin/env bash
# All tests, from nothing: installs what is missing, builds, runs every test and the consumer projects.
#
#   bash tests/run.sh [CTEST_OPTION...]      such as -R markov
#
# Some tests compare with other projects' data, which lie outside this repository: in MTA_SHARED_DATA, or in
# ../shared/data beside it. Without them those tests are skipped and say so; where CI is true, that is a failure.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
source "$here/../cmake/setup.sh"

build=$mta_root/build/release
jobs=$(nproc 2> /dev/null || echo 2)

shared=${MTA_SHARED_DATA:-$mta_root/../shared/data}
if [ -d "$shared" ]; then
  MTA_SHARED_DATA=$(cd "$shared" && pwd)
  export MTA_SHARED_DATA
elif [ "${CI:-}" = true ]; then
  echo "tests: no shared data in $shared, and CI is true" >&2
  exit 1
else
  echo "tests: no shared data in $shared: tests that need them are skipped" >&2
fi

mta_setup build tests
mta_configure "$build" -DCMAKE_BUILD_TYPE=Release -DMTA_BUILD_TESTS=ON -DMTA_BUILD_EXAMPLES=ON -DMTA_CHECK_HEADERS=ON \
  -DMTA_SHARED_DATA="${MTA_SHARED_DATA:-}"
cmake --build "$build"
ctest --test-dir "$build" --output-on-failure --no-tests=error -j "$jobs" "$@"
if [ $# -eq 0 ] && [ -e "$here/consumer/run.sh" ]; then
  bash "$here/consumer/run.sh" "$build/consumer"
fi
echo "tests: all passed"
