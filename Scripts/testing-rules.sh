#!/usr/bin/env bash
# Plays how an author finds what the examples of a rule leave open, in a small repository of the tests, and prints
# each command with what it says. With --write, puts that into docs/testing-rules.md; otherwise nothing here is changed.
# TRIGLYPH names the triglyph to run; without it the one that Scripts/build.sh built.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
. Scripts/play.sh

session() {
  cd "$scratch/repository"
  git init --quiet --initial-branch=main
  cp -r "$root/Tests/TriglyphCommandTests/OwnVocabulary/." .
  cat >rules/web-holds-little.yaml <<'RULE'
kind: rule
id: web-holds-little
name: Little behind the door
title: What can be reached from the internet holds nothing above official
clauses: [common/3]
for: system
severity: major
stage: design
when: self.live && self.exposure == "internet"
each: d in self.holds
require: d.classification <= "official"
message: ${self} can be reached from the internet and holds ${d}
remedy: Take the data behind another system.
examples:
  - title: a page with public data
    asOf: 2026-06-01
    given:
      - {kind: dataset, id: opening-hours, classification: public}
      - {kind: system, id: page, exposure: internet, holds: [opening-hours], lifecycle: {active: 2020-01-01}}
    finds: []
  - title: a page with case files
    asOf: 2026-06-01
    given:
      - {kind: dataset, id: files, classification: official-sensitive}
      - {kind: system, id: page, exposure: internet, holds: [files], lifecycle: {active: 2020-01-01}}
    finds: [page / files]
RULE
  step 'cat rules/web-holds-little.yaml' 'triglyph test web-holds-little'
  step 'triglyph test --mutate web-holds-little'

  sed -i 's/^  - title: a page with public data$/  - title: official data; case files inside, and in what is no more/
    s/id: opening-hours, classification: public/id: opening-hours, classification: official/
    /holds: \[opening-hours\]/a\      - {kind: dataset, id: files, classification: official-sensitive}\
      - {kind: system, id: registry, exposure: partner, holds: [files], lifecycle: {active: 2020-01-01}}\
      - {kind: system, id: former, exposure: internet, holds: [files], lifecycle: {active: 2010-01-01, retired: 2020-01-01}}' \
    rules/web-holds-little.yaml
  step "sed -n '/^examples/,/finds: \[\]/p' rules/web-holds-little.yaml" 'triglyph test --mutate web-holds-little'

  sed -i 's/^each: d in self.holds$/each: d in self.holds.filter(d, d.classification > "public")/' rules/web-holds-little.yaml
  step 'grep ^each rules/web-holds-little.yaml' 'triglyph test --mutate web-holds-little | grep survived'
  cat >>rules/web-holds-little.yaml <<'RULE'
equivalents:
  - text: self.holds.filter(d, d.classification > "public")
    put: self.holds
    why: What is public is not above official.
  - text: d.classification > "public"
    put: d.classification >= "public"
    why: What is public is not above official.
  - text: d.classification > "public"
    put: d.classification > "official"
    why: What is official is allowed, so it does not matter whether it is looked at.
RULE
  step "sed -n '/^equivalents/,\$p' rules/web-holds-little.yaml" 'triglyph test --mutate web-holds-little'

  sed -i '/^equivalents/,$d
    s/^each: .*/each: d in self.holds/
    s/^require: .*/require: >-\n  d.classification <= (self.mfa ? "official" : "public")/
    s/exposure: internet, holds/exposure: internet, mfa: true, holds/' rules/web-holds-little.yaml
  step 'grep -A1 ^require rules/web-holds-little.yaml' 'triglyph test --coverage web-holds-little'
}

play_story docs/testing-rules.md "$@"
