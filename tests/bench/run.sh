#!/usr/bin/env bash
# Builds and runs the benchmarks. Among what a person reads, each figure is one line: `figure NAME VALUE UNIT`.
set -euo pipefail
# shellcheck source=examples/setup.sh
source "$(dirname "${BASH_SOURCE[0]}")/../../examples/setup.sh"
install_packages "${build_packages[@]}" "${test_packages[@]}"
cd "$root"
bin=$root/build/bench

say "Building the benchmarks"
if [ ! -f "$bin/build.ninja" ]; then
  cmake --preset release -B "$bin" -DPROVISO_BENCHMARKS=ON -DPROVISO_TESTS=OFF >/dev/null
fi
cmake --build "$bin"

say "The evaluator: twelve comparisons, by columns and by hand"
"$bin/tests/bench/bench_evaluator" tests/bench/twelve.policy
