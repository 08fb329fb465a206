#!/usr/bin/env bash
# Uses mta as other projects do: find_package after install, add_subdirectory and pkg-config, each with a static and a
# shared mta. usage: tests/consumer/run.sh BUILD_ROOT
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
source_dir=$(cd "$here/../.." && pwd)
root=${1:?usage: run.sh BUILD_ROOT}
mkdir -p "$root"
root=$(cd "$root" && pwd)

# Unoptimised: what is tested is how the pieces fit together, and it is built four times.
configure=(cmake -G Ninja -DCMAKE_BUILD_TYPE=Release "-DCMAKE_CXX_FLAGS_RELEASE=-O0 -DNDEBUG")
if command -v ccache > /dev/null; then configure+=(-DCMAKE_CXX_COMPILER_LAUNCHER=ccache); fi

# check NAME PROGRAM: runs a consumer and compares what it prints
check() {
  if ! LD_LIBRARY_PATH="${libraries:-}" "$2" | diff "$here/expected.txt" -; then
    echo "consumer $1: printed something else" >&2
    exit 1
  fi
  echo "consumer $1: ok"
}

# install_mta KIND SHARED: builds and installs mta; the tree is moved afterwards, as a package may be
install_mta() {
  "${configure[@]}" -S "$source_dir" -B "$root/$1/mta" -DBUILD_SHARED_LIBS="$2" -DMTA_BUILD_EXAMPLES=OFF \
    -DMTA_WARNINGS_AS_ERRORS=OFF -DCMAKE_INSTALL_PREFIX="$root/$1/first" > "$root/$1.log"
  cmake --build "$root/$1/mta" --target mta >> "$root/$1.log"
  rm -rf "$root/$1/first" "$root/$1/installed"
  cmake --install "$root/$1/mta" >> "$root/$1.log"
  mv "$root/$1/first" "$root/$1/installed"
}

consume() {  # KIND SHARED
  local kind=$1 shared=$2 lib pkgconfig static=
  install_mta "$kind" "$shared"
  pkgconfig=$(dirname "$(find "$root/$kind/installed" -name mta.pc)")
  lib=$(dirname "$pkgconfig")

  libraries=
  "${configure[@]}" -S "$here/find_package" -B "$root/$kind/find_package" -DCMAKE_PREFIX_PATH="$root/$kind/installed" \
    >> "$root/$kind.log"
  cmake --build "$root/$kind/find_package" >> "$root/$kind.log"
  check "find_package, $kind" "$root/$kind/find_package/consumer"

  "${configure[@]}" -S "$here/add_subdirectory" -B "$root/$kind/add_subdirectory" -DBUILD_SHARED_LIBS="$shared" \
    >> "$root/$kind.log"
  cmake --build "$root/$kind/add_subdirectory" --target consumer >> "$root/$kind.log"
  check "add_subdirectory, $kind" "$root/$kind/add_subdirectory/consumer"

  if [ "$shared" = OFF ]; then static=--static; else libraries=$lib; fi
  mkdir -p "$root/$kind/pkg_config"
  PKG_CONFIG_PATH="$pkgconfig" make -s -B -C "$here/pkg_config" STATIC="$static" \
    OUTPUT="$root/$kind/pkg_config/consumer" >> "$root/$kind.log"
  check "pkg-config, $kind" "$root/$kind/pkg_config/consumer"
}

consume static OFF
consume shared ON
