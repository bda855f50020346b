#!/usr/bin/env bash
# Times `triglyph draw landscape` on generated estates, as a whole and in its parts, and beside it Graphviz's own `dot` on
# the same DOT where that is installed. RUNS (default 7) says how often; PROGRAMS names a folder with both executables.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."

as_of=2026-12-01
runs=${RUNS:-7}
programs=${PROGRAMS:-}
if [[ -z $programs ]]; then
  Scripts/build.sh >&2
  programs=$PWD/.build/release
fi

source Benchmarks/check/timing.sh

# Graphviz's executable, or Debian's other name for it, which comes with the library.
dot=()
if command -v dot >/dev/null; then
  dot=(dot)
elif [[ -x /usr/sbin/libgvc6-config-update ]]; then
  # shellcheck disable=SC2016  # for the other shell
  dot=(bash -c 'exec -a dot /usr/sbin/libgvc6-config-update "$@"' dot)
else
  echo "There is no dot here (graphviz), so nothing stands beside the renderer."
fi

# From a file and to a file, so that no time goes to a pipe.
render() { "$programs/triglyph-render" --engine osage --format svg --output "$2" <"$1"; }
export -f render
export programs

# Times the landscape of a repository: the whole, what is ours, what is the renderer's, and dot's.
parts() {
  local title=$1 repository=$2
  shift 2
  local draw=("$programs/triglyph" draw landscape --repository "$repository" --as-of "$as_of" --quiet "$@")
  printf '\n%s\n' "$title"
  "${draw[@]}" --output "$scratch/a.svg" --output "$scratch/a.dot" </dev/null
  local first
  first=$(cksum <"$scratch/a.svg")
  printf '  %d boxes and %d lines of DOT, %d KiB of SVG\n' "$(grep -c 'class="node"' "$scratch/a.svg")" \
    "$(wc -l <"$scratch/a.dot")" "$(($(wc -c <"$scratch/a.svg") / 1024))"
  measure "draw, SVG" 0 "${draw[@]}" --output "$scratch/b.svg"
  if [[ $(cksum <"$scratch/b.svg") != "$first" ]]; then
    echo "bench: the same landscape gave two pictures." >&2
    exit 1
  fi
  measure "  ours: draw, DOT" 0 "${draw[@]}" --output "$scratch/b.dot"
  measure "  renderer" 0 bash -c 'render "$@"' render "$scratch/a.dot" "$scratch/c.svg"
  [[ ${#dot[@]} -eq 0 ]] || measure "  dot" 0 "${dot[@]}" -Kosage -Tsvg -o "$scratch/d.svg" "$scratch/a.dot"
}

printf '%d runs each, on %d cores: median seconds (least to greatest), peak memory\n' "$runs" "$(nproc)"
for size in 200 5000; do python3 Benchmarks/check/generate.py "$size" "$scratch/$size" >/dev/null; done
parts "200 systems, folded" "$scratch/200"
parts "200 systems, each a box" "$scratch/200" --expand
parts "5,000 systems, folded" "$scratch/5000"
