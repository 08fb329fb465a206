# shellcheck shell=bash
# Makes sure that what mta is built with is there. For bash scripts, which source it:
#
#   source cmake/setup.sh
#   mta_setup build          what the library and the examples need
#   mta_setup build tests    what the tests and benchmarks need as well
#   mta_configure DIR ...    configures a build folder with Ninja, and with ccache where there is one
#
# On Debian and Ubuntu, packages that are missing are installed with apt-get, as root or through sudo; nothing is
# touched where none is missing. Elsewhere the list is printed, and the script ends with status 1; once everything is
# there, MTA_SETUP=skip goes on without a look.

mta_root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)

# What ccache knows of one checkout serves another: paths count from the root, precompiled headers are no hindrance.
export CCACHE_BASEDIR=$mta_root CCACHE_NOHASHDIR=1
export CCACHE_SLOPPINESS=pch_defines,time_macros,include_file_mtime,include_file_ctime

mta_packages_build=(
  g++ cmake ninja-build ccache pkg-config
  libboost-graph-dev nlohmann-json3-dev libsimdjson-dev libhwy-dev libxxhash-dev zlib1g-dev libzstd-dev
  libpsl-dev libre2-dev             # channel rules: registrable domains, regular expressions
  libhowardhinnant-date-dev tzdata  # time zones: the library, and the data that it reads at run time
  libcli11-dev                      # the command line of the examples
)
mta_packages_tests=(libgtest-dev libgmock-dev libbenchmark-dev gzip zstd make python3 valgrind)

# mta_missing PACKAGE...: those that are not installed, a line each
mta_missing() {
  local package
  for package in "$@"; do
    if [ "$(dpkg-query -W -f '${db:Status-Status}' "$package" 2> /dev/null)" != installed ]; then
      echo "$package"
    fi
  done
}

mta_setup() {
  [ "${MTA_SETUP:-}" != skip ] || return 0
  local group packages=() missing as_root=()
  for group in "$@"; do
    local -n list="mta_packages_$group"
    packages+=("${list[@]}")
  done
  if ! command -v apt-get > /dev/null || ! command -v dpkg-query > /dev/null; then
    echo "mta: this is neither Debian nor Ubuntu. Please install what these packages hold:" >&2
    printf '  %s\n' "${packages[@]}" >&2
    echo "and run this again with MTA_SETUP=skip." >&2
    exit 1
  fi
  mapfile -t missing < <(mta_missing "${packages[@]}")
  [ "${#missing[@]}" -gt 0 ] || return 0
  if [ "$(id -u)" -ne 0 ]; then
    if ! command -v sudo > /dev/null; then
      echo "mta: packages are missing. Please run as root:" >&2
      echo "  apt-get update && apt-get install --no-install-recommends ${missing[*]}" >&2
      exit 1
    fi
    as_root=(sudo)
  fi
  echo "mta: installing ${missing[*]}" >&2
  "${as_root[@]}" apt-get -q update >&2
  "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive \
    apt-get -q install --yes --no-install-recommends "${missing[@]}" >&2
}

# mta_configure BUILD_DIR [OPTION...]; what it prints goes to stderr, so that stdout stays the programs' own
mta_configure() {
  local build=$1
  shift
  local launcher=()
  if command -v ccache > /dev/null; then launcher=(-DCMAKE_CXX_COMPILER_LAUNCHER=ccache); fi
  cmake -S "$mta_root" -B "$build" -G Ninja "${launcher[@]}" "$@" >&2
}
