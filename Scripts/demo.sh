#!/usr/bin/env bash
# Checks the shipped catalogue as on a fixed day, draws its landscape, and plays two pull requests in scratch
# repositories. Exits 0 when all did what they should.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

as_of=2026-12-01
triglyph=.build/release/triglyph
picture=build/landscape.svg

Scripts/build.sh

printf '\n$ triglyph check --as-of %s\n' "$as_of"
status=0
"$triglyph" check --as-of "$as_of" </dev/null || status=$?
if [[ $status -ne 1 ]]; then
  echo "demo: check exited $status, where 1 was expected: evaluated completely, with findings that count." >&2
  exit 1
fi
echo "check exits 1 because findings at or above major count: that is what a CI job would see."

mkdir -p build
rm -f "$picture"
printf '\n$ triglyph draw landscape --as-of %s --output %s\n' "$as_of" "$picture"
"$triglyph" draw landscape --as-of "$as_of" --output "$picture" </dev/null
if [[ ! -s $picture ]]; then
  echo "demo: draw exited 0 and left no picture in $picture." >&2
  exit 1
fi
echo "The landscape is drawn: $PWD/$picture"

printf '\nAn initiative goes live, in a scratch copy (docs/merging.md):\n'
TRIGLYPH=$triglyph Scripts/merging.sh

printf '\nA pull request, from an empty folder to a weakened rule that is caught (docs/pull-request.md):\n'
TRIGLYPH=$triglyph Scripts/pull-request.sh
