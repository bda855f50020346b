#!/usr/bin/env bash
# Times `triglyph check` as a whole process on the shipped repository and on generated ones, and beside it PyYAML's C
# loader on the same files. RUNS (default 5) says how often, SIZES (default "1000 10000") how many systems.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."

as_of=2026-12-01
runs=${RUNS:-5}
read -ra sizes <<<"${SIZES:-1000 10000}"
triglyph=$PWD/.build/release/triglyph

Scripts/build.sh >&2

source Benchmarks/check/timing.sh

python=
for candidate in python3 /usr/bin/python3; do
  if "$candidate" -c 'import yaml; yaml.CSafeLoader' >/dev/null 2>&1; then
    python=$candidate
    break
  fi
done

# Times everything on one repository. The first check, which is not timed, prints the counts and says what to expect.
compare() {
  local title=$1 repository=$2 status=0
  printf '\n%s\n' "$title"
  "$triglyph" check --as-of "$as_of" --repository "$repository" >"$scratch/first" 2>&1 </dev/null || status=$?
  if [[ $status -ne 0 && $status -ne 1 ]]; then
    tail -n 20 "$scratch/first" >&2
    echo "bench: check exited $status on $title, so that nothing was evaluated that could be timed." >&2
    exit 1
  fi
  printf '  %s (exit status %d)\n' "$(tail -n 1 "$scratch/first")" "$status"
  measure "triglyph check" "$status" "$triglyph" check --as-of "$as_of" --quiet --repository "$repository"
  [[ -z $python ]] || measure "PyYAML, loading only" 0 "$python" Benchmarks/check/load_yaml.py "$repository"
}

printf '%d runs each, on %d cores: median seconds (least to greatest), peak memory\n' "$runs" "$(nproc)"
[[ -n $python ]] || echo "There is no PyYAML with its C loader here (python3-yaml), so nothing stands beside triglyph."
[[ -n $memory ]] || echo "There is no /usr/bin/time here, so memory is not measured."

compare "the shipped repository" "$PWD"
for size in "${sizes[@]}"; do
  python3 Benchmarks/check/generate.py "$size" "$scratch/$size" >"$scratch/generated"
  compare "$(<"$scratch/generated")" "$scratch/$size"
done
