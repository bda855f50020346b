# shellcheck shell=bash
# How the benchmarks of check time a process; to be sourced, with `runs` set.

scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
memory=
[[ -x /usr/bin/time ]] && memory=$scratch/memory

# Runs a command once: sets `elapsed` (microseconds), and raises `peak` (KiB). It must exit with one of the statuses in
# the first argument, or the figures would be those of something else.
run_once() {
  local allowed=$1 run_peak started ended status=0
  shift
  started=${EPOCHREALTIME/[.,]/}
  if [[ -n $memory ]]; then
    /usr/bin/time --quiet --format %M --output "$memory" "$@" >"$scratch/output" 2>&1 </dev/null || status=$?
  else
    "$@" >"$scratch/output" 2>&1 </dev/null || status=$?
  fi
  ended=${EPOCHREALTIME/[.,]/}
  if [[ " $allowed " != *" $status "* ]]; then
    tail -n 20 "$scratch/output" >&2
    echo "bench: $* exited $status, and only $allowed will do." >&2
    exit 1
  fi
  elapsed=$((ended - started))
  if [[ -n $memory ]]; then
    read -r run_peak <"$memory"
    if ((run_peak > peak)); then peak=$run_peak; fi
  fi
}

# Prints the median, least and greatest of a file's lines, in microseconds, as seconds; and a peak of memory in KiB.
summarise() {
  sort -n "$2" | LC_ALL=C awk -v label="$1" -v peak="${3:-}" '
    { value[NR] = $1 / 1e6 }
    END {
      median = NR % 2 ? value[(NR + 1) / 2] : (value[NR / 2] + value[NR / 2 + 1]) / 2
      memory = peak == "" ? "" : peak > 0 ? sprintf("  %.0f MiB", peak / 1024) : "  not measured"
      printf "  %-22s %8.3f s  (%.3f to %.3f)%s\n", label, median, value[1], value[NR], memory
    }'
}

# Runs a command `runs` times: prints the median, least and greatest seconds and the greatest peak memory.
measure() {
  local label=$1 allowed=$2 seconds=$scratch/seconds peak=0 elapsed run
  shift 2
  : >"$seconds"
  # shellcheck disable=SC2154  # of whoever sources this
  for ((run = 0; run < runs; run++)); do
    run_once "$allowed" "$@"
    echo "$elapsed" >>"$seconds"
  done
  summarise "$label" "$seconds" "$peak"
}
