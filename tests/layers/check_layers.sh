#!/bin/sh
# Checks what no compiler does, in the source tree given:
#   - headers and sources include only their own layer and those to its left;
#   - public headers include nothing but mta and the standard library; an opt-in header, <concept>_<library>.hpp, shows
#     that one library besides;
#   - every public header and source is listed in its layer's CMakeLists.txt, every test in its folder's,
#     and no private header is left over;
#   - include/mta/mta.hpp includes every public header, and no opt-in header: nor does another header.
# Prints what is wrong, a line each; the exit status is 1 where anything is.
set -eu
cd "${1:?usage: check_layers.sh SOURCE_DIR}"
opt_in_libraries="boost"
layers="core simd ingest identity journeys models credits report pipeline"
problems=$(mktemp)
trap 'rm -f "$problems"' EXIT

# place LAYER: its number from the left, or 0 where there is no such layer
place() {
  number=0
  for name in $layers; do
    number=$((number + 1))
    if [ "$name" = "$1" ]; then
      echo "$number"
      return
    fi
  done
  echo 0
}

# included FILE: the layer and the header of each quoted include, with or without the prefix mta/
included() {
  sed -nE 's|^[[:space:]]*#[[:space:]]*include[[:space:]]*"(mta/)?([^/"]+)/([^"]+)".*|\2 \3|p' "$1"
}

check_includes() {  # LAYER FILE
  included "$2" | while read -r other header; do
    other_place=$(place "$other")
    if [ "$other_place" -eq 0 ] || [ "$other_place" -gt "$(place "$1")" ]; then
      echo "$2: $1 must not include $other/$header"
    fi
  done
  if grep -qE '^[[:space:]]*#[[:space:]]*include[[:space:]]*"(mta/)?[^/"]+"' "$2"; then
    echo "$2: includes name their layer"
  fi
}

# library_of HEADER: the library that an opt-in header shows, or nothing
library_of() {
  for library in $opt_in_libraries; do
    case $1 in *_"$library".hpp) echo "$library" ;; esac
  done
}

check_public() {  # HEADER
  library=$(library_of "$1")
  sed -nE 's|^[[:space:]]*#[[:space:]]*include[[:space:]]*(<[^>]*[./][^>]*>).*|\1|p' "$1" | while read -r header; do
    case $header in "<${library:-none}/"*) continue ;; esac
    echo "$1: a public header must not include $header"
  done
  if [ -n "$library" ]; then
    grep -rlF "#include \"${1#include/}\"" include | while read -r user; do
      echo "$user: must not include ${1#include/}, which is opt-in"
    done
  elif ! grep -qF "#include \"${1#include/}\"" include/mta/mta.hpp; then
    echo "include/mta/mta.hpp: lacks ${1#include/}"
  fi
}

check_listed() {  # FILE LIST
  if ! tr ' ()\t' '\n\n\n\n' < "$2" | grep -qxF "$(basename "$1")"; then
    echo "$2: does not list $1"
  fi
}

check_layer() {  # LAYER
  for file in include/mta/"$1"/*.hpp src/"$1"/*.hpp src/"$1"/*.cpp; do
    [ -e "$file" ] || continue
    check_includes "$1" "$file"
    case $file in
      include/*) check_public "$file"; check_listed "$file" "src/$1/CMakeLists.txt" ;;
      *.cpp) check_listed "$file" "src/$1/CMakeLists.txt" ;;
      *) grep -rqF "#include \"$1/${file##*/}\"" src || echo "$file: nothing includes it" ;;
    esac
  done
}

{
  for layer in $layers; do check_layer "$layer"; done
  for file in $(find include/mta src -type f | LC_ALL=C sort); do
    case $file in
      include/mta/mta.hpp | */CMakeLists.txt) continue ;;
      include/mta/*/*/* | src/*/*/*) echo "$file: layers have no folders inside" ;;
      include/mta/*/*.hpp) [ "$(place "$(basename "$(dirname "$file")")")" -gt 0 ] || echo "$file: no layer" ;;
      src/*/*.hpp | src/*/*.cpp) [ "$(place "$(basename "$(dirname "$file")")")" -gt 0 ] || echo "$file: no layer" ;;
      *) echo "$file: neither a header nor a source of a layer" ;;
    esac
  done
  for file in tests/*/*_test.cpp; do
    if [ -e "$file" ]; then check_listed "$file" "$(dirname "$file")/CMakeLists.txt"; fi
  done
} > "$problems"
cat "$problems"
[ ! -s "$problems" ]
