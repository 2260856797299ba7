#!/usr/bin/env bash
# Sets up, builds and runs the tests. With --all, or where CI=true: warnings are errors, and clang-tidy, the tests under
# the sanitizers and a minute of fuzzing run too. Nothing is installed or built a second time.
set -euo pipefail
# shellcheck source=examples/setup.sh
source "$(dirname "${BASH_SOURCE[0]}")/../examples/setup.sh"
cd "$root"

all=no
case ${1:-} in
  '') ;;
  --all) all=yes ;;
  *)
    echo "usage: tests/run.sh [--all]" >&2
    exit 2
    ;;
esac
# A change is held to the same random cases each time; everybody else tries others, whose seed is printed.
if [ "${CI:-}" = true ]; then
  all=yes
  export PROVISO_SEED=${PROVISO_SEED:-20261122}
  export RC_PARAMS="seed=$PROVISO_SEED"
fi
options=(-DPROVISO_TESTS=ON)
[ $all = no ] || options+=(-DPROVISO_WARNINGS_AS_ERRORS=ON)

fuzz_seconds=60
jobs=$(nproc)
passed=0
failed=0

# check NAME COMMAND...: a step that counts as one test, and does not keep the others from running.
check() {
  local name=$1
  shift
  say "$name"
  if "$@"; then
    passed=$((passed + 1))
  else
    failed=$((failed + 1))
    echo "FAILED: $name" >&2
  fi
}

# run_tests PRESET: ctest, its tests counted one by one.
run_tests() {
  local log=build/$1/tests.log counts
  ctest --preset "$1" -j "$jobs" 2>&1 | tee "$log" || true
  counts=$(sed -n 's/.* \([0-9]*\) tests failed out of \([0-9]*\)$/\1 \2/p' "$log")
  if [ -z "$counts" ]; then
    failed=$((failed + 1))
    return
  fi
  failed=$((failed + ${counts% *}))
  passed=$((passed + ${counts#* } - ${counts% *}))
}

# build_and_test PRESET OPTION...
build_and_test() {
  local preset=$1
  say "Building and testing: $preset"
  if configure "$@" && build "$preset"; then
    run_tests "$preset"
  else
    failed=$((failed + 1))
  fi
}

sources() { find src grammar tests examples -name '*.[ch]pp' | sort; }

check_format() { sources | xargs clang-format --dry-run -Werror; }

# Several files at a time, as the sanitizers' build puts them together: reading what they include takes longest.
check_tidy() {
  sed -n 's/^ *"file": "\(.*\)",\{0,1\}$/\1/p' build/sanitize/compile_commands.json | grep '/src/' |
    xargs -P "$jobs" -n 1 clang-tidy --quiet -p build/sanitize 2>build/tidy.log
}

# One fuzz target, from its corpus where it has one; what makes it fail stays in build/fuzz/found/.
fuzz_one() {
  local target=$1 seconds=$2 name corpus
  name=$(basename "$target")
  corpus=build/fuzz/corpus/$name
  mkdir -p "$corpus" build/fuzz/found
  local directories=("$corpus")
  [ ! -d "tests/fuzz/corpus/$name" ] || directories+=("tests/fuzz/corpus/$name")
  "$target" -max_total_time="$seconds" -timeout=10 -rss_limit_mb=2048 -print_final_stats=1 \
    -seed="${PROVISO_SEED:-0}" \
    -artifact_prefix="build/fuzz/found/$name-" "${directories[@]}" >"build/fuzz/$name.log" 2>&1 ||
    { tail -n 40 "build/fuzz/$name.log" && return 1; }
  grep -E 'number_of_executed_units|peak_rss_mb' "build/fuzz/$name.log" || true
}

# The targets are built with the tests under the sanitizers.
run_fuzzers() {
  local targets target
  mapfile -t targets < <(find build/sanitize/tests/fuzz -maxdepth 1 -type f -name 'fuzz_*' -executable | sort)
  [ ${#targets[@]} -gt 0 ] || { failed=$((failed + 1)) && return; }
  for target in "${targets[@]}"; do
    check "Fuzzing: $(basename "$target")" fuzz_one "$target" $((fuzz_seconds / ${#targets[@]}))
  done
}

install_packages "${build_packages[@]}" "${test_packages[@]}" "${lint_packages[@]}"

# The pages are looked at by axe-core, which comes through npm; where there is neither, that test says what it left out.
[ $all = no ] || command -v npm >/dev/null || install_packages npm || true

build_and_test release "${options[@]}" -DPROVISO_UNITY_TESTS=ON
check "clang-format" check_format
if [ $all = yes ]; then
  build_and_test sanitize "${options[@]}"
  check "clang-tidy" check_tidy
  run_fuzzers
fi

say "All together"
echo "$passed passed, $failed failed"
[ $failed -eq 0 ]
