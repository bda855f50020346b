#!/usr/bin/env bash
# Plays what an editor is told of a copy of the shipped catalogue, and how documents are begun in it, and prints each command
# with what it says.
# With --write, puts that into docs/schema.md; otherwise nothing here is changed.
# TRIGLYPH names the triglyph to run; without it the one that Scripts/build.sh built.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
. Scripts/play.sh

session() {
  cp -r catalogue standards rules triglyph.yaml "$scratch/repository"
  cd "$scratch/repository"
  git init --quiet --initial-branch=main
  step 'triglyph schema --output .triglyph/schema'
  step 'triglyph new system ferry-bookings --set name="Ferry bookings" --set type=business || echo "status $?"'
  step "triglyph new system ferry-bookings --set name='Ferry bookings' --set type=business \\
    --set classification=official --set criticality=tier3 --set exposure=internet \\
    --set owner=customer-and-local-services --set holds=booking || echo \"status \$?\""
  step "triglyph new system ferry-bookings --set name='Ferry bookings' --set type=business \\
    --set classification=official --set criticality=tier3 --set exposure=internet \\
    --set owner=customer-and-local-services --set lifecycle.planned=2027-03-01" \
    'sed -n 1,24p catalogue/systems/ferry-bookings.yaml'
  step 'triglyph new rule sec-names-said --set name="Names are said" --set for=system' 'triglyph test sec-names-said'
}

play_story docs/schema.md "$@"
