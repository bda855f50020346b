#!/usr/bin/env bash
# Plays the pull request that merges an initiative, in a Git repository made for it from the shipped one, and prints each
# command with what it says. With --write, puts that into docs/merging.md; otherwise nothing here is changed.
# TRIGLYPH names the triglyph to run; without it the one that Scripts/build.sh built.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
. Scripts/play.sh

commits_as 'Change Programmes' change@example.org 2027-07-01T09:00:00Z

session() {
  cd "$scratch/repository"
  cp -R "$root"/{triglyph.yaml,catalogue,standards,rules} .
  git init --quiet --initial-branch=main
  git add --all
  git commit --quiet --message 'The catalogue on the day before'

  step 'git switch --quiet --create payroll-goes-live' \
    "triglyph check --as-of 2027-07-01 --initiative its-payroll-and-procurement | grep -E '^(initiative|blocker|major|resolved)'"
  step "triglyph check --as-of 2027-07-01 | sed '/^initiative/,\$d' | grep '\] f-' >../before"
  step 'triglyph merge --as-of 2027-07-01 --quiet its-payroll-and-procurement' 'git diff --stat' \
    'git diff catalogue/services/services.yaml'
  step "triglyph check --as-of 2027-07-01 | sed '/^initiative/,\$d' | grep '\] f-' >../after" "diff ../before ../after | grep '^[<>]'"
  step 'triglyph check --as-of 2027-07-01 | grep entry-not-merged'
  step "git commit --quiet --all --message 'Payroll and procurement are live'" \
    "git log --date=short --format='%ad %an: %s'" 'git status --short'
}

play_story docs/merging.md "$@"
