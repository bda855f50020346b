#!/usr/bin/env bash
# Times ten rules over generated estates, judged by Triglyph from YAML and by other engines from what was prepared for them,
# in one run; all must find the same. RUNS (default 5) says how often, SIZES (default "1000 10000 100000") how many
# applications, LIMIT (default 120) how many seconds an engine may take; PROGRAMS names a folder with the executable.
# --write puts the tables into docs/benchmarks.md, with --note TEXT; --only NAMES leaves other engines out.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."

programs=${PROGRAMS:-}
if [[ -z $programs ]]; then
  Scripts/build.sh >&2
  programs=$PWD/.build/release
fi

requirements=Benchmarks/peers/requirements.txt
environment=build/peers
if ! cmp -s "$requirements" "$environment/requirements.txt"; then
  rm -rf "$environment"
  python3 -m venv "$environment" >&2
  "$environment/bin/python" -m pip install --quiet --disable-pip-version-check --no-deps --require-hashes \
    --only-binary :all: --requirement "$requirements" >&2
  cp "$requirements" "$environment/requirements.txt"
fi
exec "$environment/bin/python" Benchmarks/peers/measure.py --triglyph "$programs/triglyph" --runs "${RUNS:-5}" \
  --sizes "${SIZES:-1000 10000 100000}" --limit "${LIMIT:-120}" "$@"
