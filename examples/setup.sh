# What both run.sh share: the packages of the distribution, and the build. To be sourced, not run.
# shellcheck shell=bash

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)

build_packages=(g++ cmake ninja-build tao-pegtl-dev libsimdjson-dev nlohmann-json3-dev libfmt-dev libcli11-dev
  libexpected-dev libssl-dev libcsv-dev liblua5.4-dev pkg-config libboost-dev libsqlite3-dev libpq-dev liblz4-dev)
# git for comparing revisions, the browser for looking at pages as a person does.
test_packages=(catch2 librapidcheck-dev libbenchmark-dev git curl chromium postgresql)
# clang brings its sanitizers and libFuzzer in a package that it only recommends.
lint_packages=(clang libclang-rt-14-dev clang-format clang-tidy)

say() { printf '\n== %s\n' "$*"; }

is_installed() { [ "$(dpkg-query -W -f='${db:Status-Status}' "$1" 2>/dev/null)" = installed ]; }

# Installs those of the named packages that are missing, as root or through sudo.
install_packages() {
  local missing=() package as_root=()
  if ! command -v dpkg-query >/dev/null; then
    echo "This is not Debian: these packages, or what they hold, must be there: $*" >&2
    return 0
  fi
  for package in "$@"; do is_installed "$package" || missing+=("$package"); done
  if [ ${#missing[@]} -eq 0 ]; then return 0; fi
  if [ "$(id -u)" -ne 0 ]; then
    if ! command -v sudo >/dev/null; then
      echo "Not root and no sudo. Please install: ${missing[*]}" >&2
      return 1
    fi
    as_root=(sudo)
  fi
  say "Installing ${missing[*]}"
  "${as_root[@]}" apt-get update -q
  "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -q -y --no-install-recommends "${missing[@]}"
}

# configure PRESET [OPTION...]: once, and again only if an option given here is not yet what the build has. (Changes of
# the build files themselves are seen by the build.)
configure() {
  local preset=$1 option configured=yes cache=$root/build/$1/CMakeCache.txt
  shift
  [ -f "$root/build/$preset/build.ninja" ] || configured=no
  for option in "$@"; do
    option=${option#-D}
    grep -q "^${option%%=*}:[A-Z]*=${option#*=}\$" "$cache" 2>/dev/null || configured=no
  done
  if [ $configured = no ]; then (cd "$root" && cmake --preset "$preset" "$@"); fi
}

# build PRESET [OPTION...]
build() {
  local preset=$1
  shift
  (cd "$root" && cmake --build --preset "$preset" "$@")
}
