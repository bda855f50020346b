#!/usr/bin/env bash
# Builds everything with the tests, once, and runs them in two halves beside each other. With CI set, a warning in this project's own
# code is an error.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

flags=()
case ${CI:-} in
  '' | 0 | false) ;;
  *) flags=(-Xswiftc -warnings-as-errors) ;;
esac

Scripts/setup.sh
Scripts/consumers.sh
swift build --build-tests "${flags[@]}" </dev/null

# The command's tests are half of all time, most of it in children. Within a half one test follows another: tests that run
# children with a time limit would starve beside those that compute. `swift test` would not let two of itself run.
tests="$(swift build --build-tests "${flags[@]}" --show-bin-path </dev/null)/triglyphPackageTests.xctest"
logs=$(mktemp -d)
trap 'rm -rf "$logs"' EXIT

run() {
  local half=$1
  shift
  "$tests" --testing-library swift-testing --no-parallel "$@" </dev/null >"$logs/$half" 2>&1
}
run libraries --skip '^TriglyphCommandTests\.' &
libraries=$!
command_status=0 libraries_status=0
run command --filter '^TriglyphCommandTests\.' || command_status=$?
wait "$libraries" || libraries_status=$?

# What passed is told in one line a half; what failed with all that was said of it.
for half in libraries command; do
  grep -E '✘|↳|⚠|Fatal error|error:|recorded an issue|Test run with' "$logs/$half" || true
done
if [[ $command_status -ne 0 || $libraries_status -ne 0 ]]; then
  for half in libraries command; do
    printf '\n== the end of the tests of the %s\n' "$half"
    tail -n 40 "$logs/$half"
  done
  exit 1
fi
