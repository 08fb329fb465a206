#!/bin/sh
# Shows that check_layers.sh finds what it is there for: a tree without fault passes, each fault is named.
set -eu
check=$(cd "$(dirname "$0")" && pwd)/check_layers.sh
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
failures=0

good_tree() {
  rm -rf "$work/tree"
  mkdir -p "$work/tree/include/mta/core" "$work/tree/include/mta/models" "$work/tree/src/core" \
    "$work/tree/src/models" "$work/tree/tests/models"
  cd "$work/tree"
  printf '#include <vector>\n' > include/mta/core/units.hpp
  printf '#include "mta/core/units.hpp"\n' > include/mta/models/linear.hpp
  printf '#include "mta/core/units.hpp"\n#include "mta/models/linear.hpp"\n' > include/mta/mta.hpp
  printf '#include "models/inner.hpp"\n#include <Eigen/Dense>\n' > src/models/linear.cpp
  : > src/models/inner.hpp
  printf 'mta_layer(core\n  HEADERS units.hpp)\n' > src/core/CMakeLists.txt
  printf '#include <boost/any.hpp>\n' > include/mta/models/linear_boost.hpp
  printf 'mta_layer(models SOURCES linear.cpp HEADERS linear.hpp linear_boost.hpp)\n' > src/models/CMakeLists.txt
  : > tests/models/linear_test.cpp
  printf 'mta_tests(models linear_test.cpp)\n' > tests/models/CMakeLists.txt
}

expect_fault() {  # TEXT: the check fails and says so
  if output=$(sh "$check" "$work/tree"); then
    echo "passed, but should have said: $1"
    failures=$((failures + 1))
  elif ! printf '%s\n' "$output" | grep -qF "$1"; then
    printf 'should have said: %s\nbut said: %s\n' "$1" "$output"
    failures=$((failures + 1))
  fi
}

good_tree
sh "$check" "$work/tree" || { echo "a tree without fault does not pass"; failures=$((failures + 1)); }

good_tree; printf '#include "mta/models/linear.hpp"\n' >> include/mta/core/units.hpp
expect_fault "include/mta/core/units.hpp: core must not include models/linear.hpp"
good_tree; printf '#include "report/table.hpp"\n' >> src/models/linear.cpp
expect_fault "src/models/linear.cpp: models must not include report/table.hpp"
good_tree; printf '#include <Eigen/Dense>\n' >> include/mta/models/linear.hpp
expect_fault "include/mta/models/linear.hpp: a public header must not include <Eigen/Dense>"
good_tree; printf '#include <Eigen/Dense>\n' >> include/mta/models/linear_boost.hpp
expect_fault "include/mta/models/linear_boost.hpp: a public header must not include <Eigen/Dense>"
good_tree; printf '#include <boost/any.hpp>\n' >> include/mta/models/linear.hpp
expect_fault "include/mta/models/linear.hpp: a public header must not include <boost/any.hpp>"
good_tree; printf '#include "mta/models/linear_boost.hpp"\n' >> include/mta/mta.hpp
expect_fault "include/mta/mta.hpp: must not include mta/models/linear_boost.hpp, which is opt-in"
good_tree; printf '#include "inner.hpp"\n' >> src/models/linear.cpp
expect_fault "src/models/linear.cpp: includes name their layer"
good_tree; : > src/core/lost.cpp
expect_fault "src/core/CMakeLists.txt: does not list src/core/lost.cpp"
good_tree; : > include/mta/core/lost.hpp
expect_fault "src/core/CMakeLists.txt: does not list include/mta/core/lost.hpp"
expect_fault "include/mta/mta.hpp: lacks mta/core/lost.hpp"
good_tree; : > src/core/lost.hpp
expect_fault "src/core/lost.hpp: nothing includes it"
good_tree; : > tests/models/lost_test.cpp
expect_fault "tests/models/CMakeLists.txt: does not list tests/models/lost_test.cpp"
good_tree; mkdir src/extra; : > src/extra/lost.cpp
expect_fault "src/extra/lost.cpp: no layer"

[ "$failures" -eq 0 ] && echo "all faults are found"
