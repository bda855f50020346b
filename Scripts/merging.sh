#!/usr/bin/env bash
# Plays the pull request that merges an initiative, in a Git repository made for it from the shipped one, and prints each
# command with what it says. With --write, puts that into docs/merging.md; otherwise nothing here is changed.
# TRIGLYPH names the triglyph to run; without it the one that Scripts/build.sh built.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

root=$PWD
page=docs/merging.md
triglyph=$(realpath "${TRIGLYPH:-.build/release/triglyph}")
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT

# The user's own settings of Git, and the day, must not matter.
export LC_ALL=C TZ=UTC COLUMNS=80 GIT_CONFIG_GLOBAL=/dev/null GIT_CONFIG_NOSYSTEM=1 GIT_PAGER=cat
export GIT_AUTHOR_NAME='Change Programmes' GIT_AUTHOR_EMAIL=change@example.org GIT_AUTHOR_DATE=2027-07-01T09:00:00Z
export GIT_COMMITTER_NAME=$GIT_AUTHOR_NAME GIT_COMMITTER_EMAIL=$GIT_AUTHOR_EMAIL GIT_COMMITTER_DATE=$GIT_AUTHOR_DATE
unset GIT_DIR GIT_WORK_TREE GIT_INDEX_FILE
mkdir "$scratch/bin" "$scratch/repository"
ln -s "$triglyph" "$scratch/bin/triglyph"
export PATH=$scratch/bin:$PATH

# A command as it is typed, and all that it writes; `check` and `diff` have a status of their own when they find something.
play() {
  printf '$ %s\n' "$1"
  bash -o pipefail -c "$1" 2>&1 </dev/null || [[ $? -eq 1 ]]
}

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

# The commands of one block.
step() {
  local command
  printf '%s\n' "$mark"
  for command; do play "$command"; done
}

case ${1:-} in
  '')
    mark=
    session
    ;;
  --write)
    mark=$'\f'
    (session) >"$scratch/session"
    # The nth block of the page becomes the nth of the session.
    awk -v RS=$'\f\n' 'NR > 1 { printf "%s", $0 > sprintf("%s.%d", FILENAME, NR - 1) }' "$scratch/session"
    awk -v blocks="$scratch/session." '
      /^```console$/ { print; name = blocks (++n); while ((getline line < name) > 0) print line; inside = 1; next }
      /^```$/ { inside = 0 }
      !inside' "$page" >"$scratch/page"
    cat "$scratch/page" >"$page"
    ;;
  *)
    echo 'merging: the only option is --write' >&2
    exit 2
    ;;
esac
