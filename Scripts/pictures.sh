#!/usr/bin/env bash
# Draws the pictures that the README shows, on light and on dark ground, as on the day of its examples. A test compares
# what they say with the catalogue. PROGRAMS names a folder with both executables; without it they are built.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

programs=${PROGRAMS:-}
if [[ -z $programs ]]; then
  Scripts/build.sh
  programs=.build/release
fi
mkdir -p docs/pictures
for id in estate-by-owner payments-and-neighbours; do
  for theme in light dark; do
    "$programs/triglyph" draw saved "$id" --as-of 2026-12-01 --theme "$theme" --output "docs/pictures/$id-$theme.svg" </dev/null
  done
done
