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

if [[ ! -x /usr/bin/time ]]; then
  echo "leaks: there is no /usr/bin/time here, so memory is not measured and nothing is said." >&2
  exit 1
fi

# A repository with a ring of systems, and as many diagrams as the first argument says.
repository() {
  local count=$1 folder=$2
  mkdir -p "$folder/catalogue"
  cp -r catalogue/metamodel "$folder/catalogue/"
  : >"$folder/triglyph.yaml"
  python3 - "$count" "$folder/catalogue" <<'PYTHON'
import pathlib
import sys

count, folder = int(sys.argv[1]), pathlib.Path(sys.argv[2])
systems = [
    f"kind: system\nid: s{i}\nname: System {i}\nlifecycle: {{active: 2020-01-01}}\n"
    f"integrations: [{{id: i, to: s{(i + 1) % 8}}}]\n" for i in range(8)]
diagrams = [
    f"kind: diagram\nid: d{i}\nname: Diagram {i}\nview: context\nof: \"system:s{i % 8}\"\n" for i in range(count)]
(folder / "systems.yaml").write_text("---\n".join(systems))
(folder / "diagrams.yaml").write_text("---\n".join(diagrams))
PYTHON
}

# Draws all of a repository; prints the greatest memory in KiB.
peak() {
  local count=$1 folder=$2 status=0
  repository "$count" "$folder"
  (
    ulimit -n 64
    /usr/bin/time --quiet --format %M --output "$folder/peak" "$programs/triglyph" draw all --output "$folder/out" \
      --repository "$folder" --as-of 2026-12-01 >"$folder/said" 2>&1 </dev/null
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
