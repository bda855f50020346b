#!/usr/bin/env bash
# Draws RENDERS (default 1000) saved diagrams in one process with few descriptors, and a tenth as many in another: says
# whether memory grows, or children or files are left behind. PROGRAMS names a folder with both executables.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."

renders=${RENDERS:-1000}
programs=${PROGRAMS:-}
if [[ -z $programs ]]; then
  Scripts/build.sh >&2
  programs=$PWD/.build/release
fi
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT

# A repository with a ring of systems, and as many diagrams as the first argument says.
repository() {
  local count=$1 folder=$2
  mkdir -p "$folder/catalogue"
  cp -r catalogue/metamodel "$folder/catalogue/"
  : >"$folder/triglyph.yaml"
  local number
  for ((number = 0; number < 8; number++)); do
    printf 'kind: system\nid: s%d\nname: System %d\nlifecycle: {active: 2020-01-01}\nintegrations: [{id: i, to: s%d}]\n---\n' \
      "$number" "$number" $(((number + 1) % 8))
  done | sed '$d' >"$folder/catalogue/systems.yaml"
  for ((number = 0; number < count; number++)); do
    printf 'kind: diagram\nid: d%d\nname: Diagram %d\nview: context\nof: "system:s%d"\n---\n' \
      "$number" "$number" $((number % 8))
  done | sed '$d' >"$folder/catalogue/diagrams.yaml"
}

# Draws all of a repository; prints the greatest memory in KiB.
peak() {
  local count=$1 folder=$2 status=0
  repository "$count" "$folder"
  (
    ulimit -n 64
    "$programs/triglyph" draw all --output "$folder/out" --repository "$folder" --as-of 2026-12-01 \
      >"$folder/said" 2>&1 </dev/null &
    drawer=$!
    # The greatest resident memory until now, read until the process has gone.
    while read -r _ kib _ < <(grep VmHWM "/proc/$drawer/status" 2>/dev/null); do
      echo "$kib" >"$folder/peak"
      sleep 0.1
    done
    wait "$drawer"
  ) || status=$?
  if ! grep -q "^drew $count of $count diagrams" "$folder/said"; then
    tail -n 5 "$folder/said" >&2
    echo "leaks: draw all ended with status $status, and not everything was drawn." >&2
    exit 1
  fi
  local files
  files=$(find "$folder/out" -type f | wc -l)
  if [[ $files -ne $count ]]; then
    echo "leaks: $files files stand where $count pictures were drawn." >&2
    exit 1
  fi
  cat "$folder/peak"
}

few=$(peak $((renders / 10)) "$scratch/few")
many=$(peak "$renders" "$scratch/many")
printf '%d pictures in one process: %d KiB at most; %d: %d KiB\n' $((renders / 10)) "$few" "$renders" "$many"
if pgrep -f "$programs/triglyph-render" >/dev/null; then
  echo "leaks: a renderer is still running." >&2
  exit 1
fi
if ((many - few > 8192)); then
  echo "leaks: memory grows by $(((many - few) / (renders - renders / 10))) KiB a picture." >&2
  exit 1
fi
