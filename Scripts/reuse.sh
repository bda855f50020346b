#!/usr/bin/env bash
# Plays what a project team asks of the shipped catalogue, and prints each command with what it says.
# With --write, puts that into docs/reuse.md; otherwise nothing here is changed.
# TRIGLYPH names the triglyph to run; without it the one that Scripts/build.sh built.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
. Scripts/play.sh

session() {
  cp -r catalogue standards rules triglyph.yaml "$scratch/repository"
  cd "$scratch/repository"
  git init --quiet --initial-branch=main
  local as_of='--as-of 2026-12-01 -f table'
  step "triglyph reuse $as_of --limit 2 'take card payments online'"
  step "triglyph reuse $as_of --limit 1 --all --exposure internet 'employees log in'"
  step "triglyph reuse $as_of --limit 1 'petting zoo'"
  # A team that has not looked yet.
  sed -i '/^reuseConsidered:/,/^dpia:/{/^dpia:/!d}' catalogue/initiatives/parking-permits-online.yaml
  step "triglyph reuse $as_of --initiative parking-permits-online"
  step "triglyph opportunities $as_of common-capabilities-twice asked-more-than-once"
  step "triglyph query $as_of --kind system --where 'exposure == \"internet\"' --group-by 'classification, phase'"
}

play_story docs/reuse.md "$@"
