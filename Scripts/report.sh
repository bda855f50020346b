#!/usr/bin/env bash
# Plays what a board reads, in a Git repository made for it from a small one of the tests, and prints each command with what it says.
# With --write, puts that into docs/report.md; otherwise nothing here is changed.
# TRIGLYPH names the triglyph to run; without it the one that Scripts/build.sh built.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
. Scripts/play.sh

# Everything as it lies there becomes a commit of a day.
commit_on() {
  commits_as Architect architect@example.org "$1T09:00:00Z"
  git add --all
  git commit --quiet --message "$2"
}

session() {
  local initiative=catalogue/initiatives/pay-by-phone.yaml
  cd "$scratch/repository"
  git init --quiet --initial-branch=main
  cp -r "$root/Tests/TriglyphCommandTests/OwnVocabulary/." .
  sed -i 's/2027-06-01/2027-04-01/' $initiative
  commit_on 2026-09-10 'The repository'
  sed -i 's/^    mfa: true/    mfa: false/' $initiative
  commit_on 2026-10-20 'The app asks for a password only'

  step 'triglyph report --as-of 2026-11-01 --initiative pay-by-phone'
  triglyph new waiver --as-of 2026-11-02 --for f-bff012f7ae --until 2027-08-01 --reason 'The second factor comes in July.' --id one-factor >/dev/null
  triglyph new decision --as-of 2026-11-02 --for waiver:one-factor --outcome approved --id board-2026-11 --name 'One factor until July' >/dev/null
  commit_on 2026-11-05 'The board permits one factor until August'
  step 'triglyph report --as-of 2026-12-01 --initiative pay-by-phone | grep --after-context=4 ^clause'
  step 'triglyph report --as-of 2026-12-01'
  step 'triglyph report --as-of 2026-12-01 --since 2026-09-01 --every month'
}

play_story docs/report.md "$@"
