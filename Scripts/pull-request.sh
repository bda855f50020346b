#!/usr/bin/env bash
# Plays a pull request in a Git repository made for it, from `triglyph init` to a weakened rule that is caught, and prints
# each command with what it says. With --write, puts that into docs/pull-request.md; otherwise nothing here is changed.
# TRIGLYPH names the triglyph to run; without it the one that Scripts/build.sh built.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
. Scripts/play.sh

commits_as Architect architect@example.org 2026-12-02T09:00:00Z

session() {
  local check='triglyph check --as-of 2026-12-02'
  cd "$scratch/repository"

  step 'triglyph init --as-of 2026-12-02 --owners @example/design-authority --source example/triglyph@v0.1.0' \
    'git init --quiet --initial-branch=main && git add --all && git commit --quiet --message "The repository"' \
    "$check; echo \"exit status \$?\""
  step 'git switch --quiet --create new-sign-in' \
    "sed -i 's/^mfa: true/mfa: false/' catalogue/systems/systems.yaml" \
    'git commit --quiet --all --message "The payment page has a new sign-in"' \
    "$check --changed-since main; echo \"exit status \$?\""
  step 'triglyph diff --as-of 2026-12-02 main --format markdown'
  step "$check --changed-since main --format github --format sarif=../triglyph.sarif" \
    "grep --after-context=8 '\"results\"' ../triglyph.sarif"
  step "triglyph new waiver --as-of 2026-12-02 --for f-ed708ee8fd --until 2027-04-01 --reason 'The supplier brings the second factor in March.' --id sign-in" \
    "triglyph new decision --as-of 2026-12-02 --for waiver:sign-in --outcome approved --id board-2026-12 --name 'One factor on the payment page until March'" \
    'cat catalogue/governance/decision-board-2026-12.yaml' "$check --quiet; echo \"exit status \$?\""
  step "$check --changed-since main | grep --after-context=99 '^major'; echo \"exit status \${PIPESTATUS[0]}\""
  step 'git switch --quiet --create board-2026-12 main' \
    'git add catalogue/governance && git commit --quiet --message "The board permits one factor until March"' \
    "$check --changed-since main; echo \"exit status \$?\"" \
    'git switch --quiet main && git merge --quiet board-2026-12'
  step 'git switch --quiet new-sign-in && git merge --quiet --no-edit main' \
    "$check --changed-since main; echo \"exit status \$?\"" \
    "$check --changed-since main --verbose 2>../times | grep waived:"
  step 'triglyph rename --as-of 2026-12-02 system:payment-page online-payments'
  step 'git commit --quiet --all --message "The payment page is called online payments"' \
    'triglyph diff --as-of 2026-12-02 main' "$check --changed-since main --quiet; echo \"exit status \$?\"" \
    'git switch --quiet main && git merge --quiet new-sign-in'
  step 'git switch --quiet --create cards-at-the-till' \
    "sed -i '/^id: counter-till/,/^---/s/^mfa: false/&\nprovides: [card-payments]/' catalogue/systems/systems.yaml" \
    "sed -i 's/^when: .*provides/& \\&\\& self.exposure == \"internet\"/' rules/our-two-factors-for-cards.yaml" \
    "sed -i '/- tech-duplicate-common-capability /d' triglyph.yaml" \
    'git commit --quiet --all --message "Cards at the till"' \
    "git diff --unified=0 main" \
    "$check --quiet; echo \"exit status \$?\""
  step "$check --changed-since main; echo \"exit status \$?\""
}

play_story docs/pull-request.md "$@"
