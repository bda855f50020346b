#!/usr/bin/env bash
# Plays how a repository uses a pack, adds to it and replaces a rule of it, in a Git repository made for it by `triglyph
# init`, and prints each command with what it says. With --write, puts that into docs/packs.md; otherwise nothing here is
# changed. TRIGLYPH names the triglyph to run; without it the one that Scripts/build.sh built.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
. Scripts/play.sh

commits_as Architect architect@example.org 2026-12-02T09:00:00Z

session() {
  local check='triglyph check --as-of 2026-12-02'
  cd "$scratch/repository"

  step 'triglyph packs' "triglyph packs show public-sector/1 | grep --after-context=5 -e '^records' -e '^asks'"
  git init --quiet --initial-branch=main
  triglyph init --as-of 2026-12-02 >/dev/null
  git add --all
  git commit --quiet --message 'The repository'
  step 'grep ^use triglyph.yaml' "$check | head -3" 'triglyph explain data-one-master | head -5'

  mkdir catalogue/metamodel
  cat >catalogue/metamodel/ours.yaml <<'YAML'
kind: metamodel
id: ours
name: What we add
enums:
  style: {adds: [{id: queue, title: Message queue}]}
kinds:
  system:
    fields:
      costCentre: {type: string, why: Finance asks for each system by it.}
YAML
  sed -i '/^id: payment-page/a costCentre: "4711"' catalogue/systems/systems.yaml
  step 'cat catalogue/metamodel/ours.yaml' "$check --quiet | tail -1" \
    "triglyph query --kind system --columns 'id, costCentre' | head -6"

  cat >rules/zombie.yaml <<'YAML'
kind: rule
id: tech-zombie-system
name: Every system has an owner who wants it
title: A system that nothing needs is told
clauses: [our/1]
for: system
severity: minor
stage: design
when: self.live && self.type != "external"
require: self.neededBy.size() > 0
message: nothing needs ${self}
remedy: Ask its owner who uses it.
examples:
  - title: one needs the other, and nothing needs the one
    asOf: 2026-06-01
    given:
      - {kind: system, id: hub, type: technical, lifecycle: {active: 2020-01-01}}
      - {kind: system, id: page, type: business, platforms: [hub], lifecycle: {active: 2020-01-01}}
    finds: [page]
  - title: a service rests on it
    asOf: 2026-06-01
    given:
      - {kind: system, id: page, type: business, lifecycle: {active: 2020-01-01}}
      - {kind: service, id: permits, supportedBy: [page], lifecycle: {active: 2020-01-01}}
    finds: []
YAML
  step 'head -4 rules/zombie.yaml' "$check | grep --after-context=10 ^error; echo \"exit status \${PIPESTATUS[0]}\""
  sed -i '/^id: tech-zombie/a overrides: public-sector/1' rules/zombie.yaml
  sed -i '/- our-two-factors-for-cards/a \    - tech-zombie-system' triglyph.yaml
  step 'head -4 rules/zombie.yaml' "$check | head -4"
  step 'triglyph test' 'triglyph test --packs'

  sed -i 's/^id: records-management/id: keeping-records/' catalogue/capabilities.yaml
  sed -i '/- our-two-factors-for-cards/a \    - rec-decision-record-channel' triglyph.yaml
  step "$check | grep --after-context=5 ^error; echo \"exit status \${PIPESTATUS[0]}\""
  git checkout --quiet -- catalogue/capabilities.yaml
  sed -i 's|^use: .*|use: [public-sector/2]|' triglyph.yaml
  step "$check | grep --after-context=5 unknown-pack; echo \"exit status \${PIPESTATUS[0]}\""
  sed -i 's|^use: .*|use: [public-sector/1]|' triglyph.yaml
  step 'triglyph packs export public-sector/1 --output ../pack' 'ls ../pack ../pack/catalogue/metamodel'
}

play_story docs/packs.md "$@"
