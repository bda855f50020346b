#!/usr/bin/env bash
# Runs everything that the pages show and tells where they differ from what comes of it; with --write, puts it right.
#
#   Scripts/docs.sh                      # every page; exit 1 where one differs
#   Scripts/docs.sh --write              # brings them up to date
#   Scripts/docs.sh --write merging      # only these, by their names without `.md`
#
# TRIGLYPH names the triglyph to run; without it the one that Scripts/build.sh built.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

# Pages that a script of their name plays, and pages that say themselves what is to be run.
played=(merging packs pull-request report reuse schema testing-rules)
self=(
  README adopting diagrams diff fmt formats gates getting-started import modelling rename running-a-board tutorial waivers
  writing-rules
)

write=''
if [[ ${1:-} == --write ]]; then
  write=yes
  shift
fi
known=" ${played[*]} ${self[*]} reference/commands "
for name; do
  [[ $known == *" $name "* ]] || { echo "docs: no page \`$name\` is played" >&2; exit 2; }
done
wanted=" ${*:-${played[*]} ${self[*]} reference/commands} "

scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
path() { if [[ $1 == README ]]; then echo README.md; else echo "docs/$1.md"; fi; }

differing=()
failed=()
# One page against what the command behind `--` makes of a copy of it.
compare() {
  local name=$1 page copy
  shift
  page=$(path "$name") copy=$scratch/page.md
  [[ $wanted == *" $name "* ]] || return 0
  if ! "$@" >"$copy"; then
    failed+=("$page")
  elif [[ -n $write ]]; then
    cmp -s "$copy" "$page" || { cat "$copy" >"$page" && echo "wrote $page"; }
  elif ! diff -u --label "$page" --label "$page as it comes out" "$page" "$copy"; then
    differing+=("$page")
  fi
}

for name in "${played[@]}"; do compare "$name" "Scripts/$name.sh" --page; done
for name in "${self[@]}"; do compare "$name" Scripts/pages.sh "$(path "$name")"; done
compare reference/commands Scripts/commands.sh

if [[ ${#failed[@]} -gt 0 ]]; then
  printf 'docs: not played to the end: %s\n' "${failed[*]}" >&2
  exit 2
fi
if [[ ${#differing[@]} -gt 0 ]]; then
  printf 'docs: where the new output is meant, Scripts/docs.sh --write: %s\n' "${differing[*]}" >&2
  exit 1
fi
