#!/usr/bin/env bash
# Builds everything with the tests, once, and runs them in two halves beside each other. With CI set, a warning in this project's own
# code is an error. `--build` only builds, and `--run` only runs what is built.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

flags=()
case ${CI:-} in
  '' | 0 | false) ;;
  *) flags=(-Xswiftc -warnings-as-errors) ;;
esac

case ${1:-} in
  '' | --build | --run) ;;
  *) echo 'test: the options are --build and --run' >&2; exit 2 ;;
esac

if [[ ${1:-} != --run ]]; then
  Scripts/setup.sh
  Scripts/consumers.sh
  swift build --build-tests "${flags[@]}" </dev/null
fi
[[ ${1:-} != --build ]] || exit 0

# The halves take about the same time. Within one a test follows another: tests that run children with a time limit would
# starve beside those that compute. `swift test` would not let two of itself run.
tests=.build/debug/triglyphPackageTests.xctest
logs=$(mktemp -d)
trap 'rm -rf "$logs"' EXIT

run() {
  local half=$1
  shift
  "$tests" --testing-library swift-testing --no-parallel "$@" </dev/null >"$logs/$half" 2>&1
}
outer='^(TriglyphCommand|TriglyphRender|Reports|Diagrams|Interchange|Discovery|History|Packs)Tests\.'
run inner --skip "$outer" &
inner=$!
failed=''
run outer --filter "$outer" || failed=yes
wait "$inner" || failed=yes

# What passed is told in one line a half; what failed with all that was said of it, and where a half broke off.
for half in inner outer; do
  grep -E '✘|^ *↳|⚠|Fatal error|error:|Test run with' "$logs/$half" | grep -vE '↳ (Testing Library|Target Platform|///)' || true
  if ! grep -q 'Test run with' "$logs/$half"; then
    printf '\n== the %s half broke off after\n' "$half"
    tail -n 40 "$logs/$half"
  fi
done
[[ -z $failed ]]
