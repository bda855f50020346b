#!/usr/bin/env bash
# Times what people ask of a generated estate, each as a whole process: reuse, query, show, opportunities. RUNS (default 5)
# says how often, SIZES (default "1000 10000") how many systems; PROGRAMS names a folder with the executable.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."

as_of=2026-12-01
runs=${RUNS:-5}
read -ra sizes <<<"${SIZES:-1000 10000}"
programs=${PROGRAMS:-}
if [[ -z $programs ]]; then
  Scripts/build.sh >&2
  programs=$PWD/.build/release
fi

source Benchmarks/check/timing.sh

# Times one command. A catalogue with planted mistakes is answered with status 2; another status than the first's ends it.
ask() {
  local label=$1 status=0
  shift
  "$programs/triglyph" "$@" >"$scratch/first" 2>&1 </dev/null || status=$?
  if [[ $status -ne 0 && $status -ne 2 ]]; then
    tail -n 20 "$scratch/first" >&2
    echo "bench: $* exited $status." >&2
    exit 1
  fi
  printf '  %s: %d lines, exit status %d\n' "$label" "$(wc -l <"$scratch/first")" "$status"
  measure "  $label" "$status" "$programs/triglyph" "$@"
}

printf '%d runs each, on %d cores: median seconds (least to greatest), peak memory\n' "$runs" "$(nproc)"
for size in "${sizes[@]}"; do
  repository=$scratch/$size
  python3 Benchmarks/check/generate.py "$size" "$repository" >"$scratch/generated"
  printf '\n%s\n' "$(<"$scratch/generated")"
  common=(--repository "$repository" --as-of "$as_of")
  ask "reuse" reuse "${common[@]}" 'book appointments for customers online'
  ask "reuse, a typing error" reuse "${common[@]}" 'apointments for custommers'
  ask "reuse --initiative" reuse "${common[@]}" --initiative initiative-00001
  ask "query" query "${common[@]}" --kind system --where 'phase == "active"'
  ask "query --group-by" query "${common[@]}" --kind system --group-by phase
  ask "show" show "${common[@]}" system:system-00007
  ask "show --findings none" show "${common[@]}" --findings none system:system-00007
  ask "show, not there" show "${common[@]}" system:system-x
  ask "opportunities" opportunities "${common[@]}"
done
