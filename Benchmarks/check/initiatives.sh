#!/usr/bin/env bash
# Times what open initiatives add to `triglyph check`: 200 of them at 10,000 systems, and one at 1,000, 10,000 and
# 100,000. Each repository is checked with and without its initiatives in turn, so that the difference leaves loading
# aside; the time and the counts that check itself prints for the views stand beside it, and tell more where the
# difference is lost in the times of large repositories. RUNS (default 5) says how often,
# SIZES where one initiative is measured, MANY how many there are at MANY_SIZE systems.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."

as_of=2026-12-01
runs=${RUNS:-5}
read -ra sizes <<<"${SIZES:-1000 10000 100000}"
many=${MANY:-200}
many_size=${MANY_SIZE:-10000}
triglyph=$PWD/.build/release/triglyph

Scripts/build.sh >&2
source Benchmarks/check/timing.sh

# The exit status of a check; anything but 0 and 1 ends the run.
status_of() {
  local status=0
  "$triglyph" check --as-of "$as_of" --quiet --repository "$1" >"$scratch/first" 2>&1 </dev/null || status=$?
  if [[ $status -ne 0 && $status -ne 1 ]]; then
    tail -n 20 "$scratch/first" >&2
    echo "bench: check exited $status on $1, so that nothing was evaluated that could be timed." >&2
    exit 1
  fi
  echo "$status"
}

# What check says of its views: sets `counts` to what it evaluated, and adds the milliseconds, as microseconds, to
# views.times. Not timed itself, because --verbose prints more. What was evaluated must not change from run to run.
read_views() {
  local status=$1 repository=$2 line peak=0 elapsed
  run_once "$status" "$triglyph" check --as-of "$as_of" --verbose --repository "$repository"
  line=$(grep '^views:' "$scratch/output") || return 0
  if [[ ! $line =~ ^views:\ (.*),\ ([0-9.]+)\ ms$ ]]; then
    echo "bench: the line on views reads otherwise than expected: $line" >&2
    exit 1
  fi
  if [[ -n $counts && $counts != "${BASH_REMATCH[1]}" ]]; then
    echo "bench: two runs evaluated different things: '$counts' and '${BASH_REMATCH[1]}'." >&2
    exit 1
  fi
  counts=${BASH_REMATCH[1]}
  LC_ALL=C awk -v ms="${BASH_REMATCH[2]}" 'BEGIN { printf "%d\n", ms * 1000 }' >>"$scratch/views.times"
}

# Times a repository with so many initiatives, and the same one without any.
compare() {
  local count=$1 size=$2 with=$scratch/with without=$scratch/without
  local status_with status_without peak peak_with=0 peak_without=0 elapsed before after run turn counts=
  rm -rf "$with" "$without" "$scratch"/*.times
  python3 Benchmarks/check/generate.py "$size" "$with" --initiatives "$count" >"$scratch/generated"
  cp -r "$with" "$without"
  rm "$without"/catalogue/initiatives/initiatives-*.yaml
  printf '\ninitiatives: %d; %s\n' "$count" "$(<"$scratch/generated")"
  status_with=$(status_of "$with")
  status_without=$(status_of "$without")
  for ((run = 0; run < runs; run++)); do
    # By turns the one and the other first, so that neither gains by its place.
    for turn in $((run % 2)) $((1 - run % 2)); do
      if ((turn)); then
        peak=$peak_with
        run_once "$status_with" "$triglyph" check --as-of "$as_of" --quiet --repository "$with"
        peak_with=$peak after=$elapsed
      else
        peak=$peak_without
        run_once "$status_without" "$triglyph" check --as-of "$as_of" --quiet --repository "$without"
        peak_without=$peak before=$elapsed
      fi
    done
    echo "$before" >>"$scratch/without.times"
    echo "$after" >>"$scratch/with.times"
    echo $((after - before)) >>"$scratch/difference.times"
    read_views "$status_with" "$with"
  done
  summarise "without initiatives" "$scratch/without.times" "$peak_without"
  summarise "with initiatives" "$scratch/with.times" "$peak_with"
  summarise "difference of a pair" "$scratch/difference.times"
  if [[ -n $counts ]]; then
    summarise "views, by --verbose" "$scratch/views.times"
    printf '  %s\n' "$counts"
  else
    echo "  check --verbose has no line on views, so that what was evaluated for them is not known."
  fi
}

printf '%d runs each, on %d cores: median seconds (least to greatest), peak memory\n' "$runs" "$(nproc)"
[[ -n $memory ]] || echo "There is no /usr/bin/time here, so memory is not measured."

compare "$many" "$many_size"
for size in "${sizes[@]}"; do compare 1 "$size"; done
