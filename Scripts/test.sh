#!/usr/bin/env bash
# Builds everything with the tests, once, and runs them. With CI set, a warning in this project's own code is an error.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

flags=()
case ${CI:-} in
  '' | 0 | false) ;;
  *) flags=(-Xswiftc -warnings-as-errors) ;;
esac

Scripts/setup.sh
Scripts/consumers.sh
# The same flags twice, or `swift test` would build again. One test after another: tests that run children with a time
# limit would starve beside those that compute.
swift build --build-tests "${flags[@]}" </dev/null
swift test --skip-build --disable-xctest --no-parallel "${flags[@]}" </dev/null
