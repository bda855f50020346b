#!/usr/bin/env bash
# Writes the comment of a pull request, or replaces the one of an earlier run: where nothing could be checked by a sentence
# that says so, since the older one would be read for this run's.
#
# MARKDOWN is the file, or nothing; REASON says why nothing; PULL_REQUEST is the number, REPOSITORY the architecture's
# folder; gh reads GH_TOKEN.
set -euo pipefail

# What a run finds its own comment by; a path may hold what ends an HTML comment.
mark="<!-- triglyph $(printf '%s' "$REPOSITORY" | sha256sum | cut -c 1-16) -->"
body=$RUNNER_TEMP/triglyph-comment.md
{
  printf '%s\n' "$mark"
  if [[ -s ${MARKDOWN:-} ]]; then
    cat "$MARKDOWN"
  else
    printf '## Triglyph: nothing is checked\n\nThe last run said nothing about this pull request: %s.\n' \
      "${REASON:-it ended before the check; its log says why}"
  fi
} >"$body"

comments="repos/$GITHUB_REPOSITORY/issues/$PULL_REQUEST/comments"
# Nobody else's comment is replaced, whatever it begins with.
known=$(MARK=$mark gh api --paginate "$comments?per_page=100" \
  --jq '.[] | select((.user.type == "Bot") and (.body | startswith(env.MARK))) | .id' | head -n 1)
if [[ -n $known ]]; then
  gh api --silent --method PATCH "repos/$GITHUB_REPOSITORY/issues/comments/$known" --field "body=@$body"
else
  gh api --silent --method POST "$comments" --field "body=@$body"
fi
