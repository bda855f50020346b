# shellcheck shell=bash
# Sourced by the scripts beside it: sets `python` to an interpreter that has the pinned peers, made once under build/.
requirements=Benchmarks/cel/requirements.txt
environment=build/cel-peers
python=$environment/bin/python
if ! cmp -s "$requirements" "$environment/requirements.txt"; then
  rm -rf "$environment"
  python3 -m venv "$environment" >&2
  "$python" -m pip install --quiet --disable-pip-version-check --requirement "$requirements" >&2
  cp "$requirements" "$environment/requirements.txt"
fi
