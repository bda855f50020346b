#!/usr/bin/env bash
# Checks, and leaves the status and the files as outputs: the job fails at its end, when everything is reported.
#
# REPOSITORY is the folder; SINCE a revision, auto or none; BASE the head of the target branch, in a pull request;
# FAIL_ON a severity or nothing.
set -euo pipefail
out=$RUNNER_TEMP/triglyph-out
rm -rf "$out"
mkdir -p "$out"

revision=
case $SINCE in
  none | '') ;;
  auto)
    if [[ -n ${BASE:-} ]]; then
      # The base of the event may be ahead of what was checked out; a shallow clone has neither.
      if ! revision=$(git -C "$REPOSITORY" merge-base "$BASE" HEAD 2>/dev/null); then
        echo "::error::there is nothing to compare with: let actions/checkout take the history (fetch-depth: 0)"
        echo "status=2" >>"$GITHUB_OUTPUT"
        exit 0
      fi
      # The change that brings the catalogue is checked whole.
      if ! git -C "$REPOSITORY" cat-file -e "$revision:./triglyph.yaml" 2>/dev/null \
        && ! git -C "$REPOSITORY" cat-file -e "$revision:./catalogue" 2>/dev/null; then
        echo "::notice::the target branch has no architecture repository in $REPOSITORY yet: everything is checked"
        revision=
      fi
    fi
    ;;
  *) revision=$SINCE ;;
esac

options=(--repository "$REPOSITORY")
formats=(-f github -f text=/dev/stderr -f "sarif=$out/triglyph.sarif" -f "markdown=$out/check.md")
judged=()
[[ -z $revision ]] || judged=("--changed-since=$revision")
[[ -z $FAIL_ON ]] || judged+=(--fail-on "$FAIL_ON")

status=0
triglyph check "${options[@]}" "${formats[@]}" "${judged[@]}" || status=$?

if [[ -s $out/check.md ]]; then
  cp "$out/check.md" "$out/comment.md"
  # What the change does, below what it breaks, where both fit into one comment (65,536 characters).
  if [[ -n $revision ]] && triglyph diff "${options[@]}" -f "markdown=$out/diff.md" "$revision" && [[ -s $out/diff.md ]]; then
    if [[ $(($(wc -c <"$out/check.md") + $(wc -c <"$out/diff.md"))) -lt 65000 ]]; then
      printf '\n' >>"$out/comment.md"
      cat "$out/diff.md" >>"$out/comment.md"
    fi
    cat "$out/diff.md" >>"${GITHUB_STEP_SUMMARY:-/dev/null}"
  fi
  echo "markdown=$out/comment.md" >>"$GITHUB_OUTPUT"
fi
[[ ! -s $out/triglyph.sarif ]] || echo "sarif=$out/triglyph.sarif" >>"$GITHUB_OUTPUT"
echo "status=$status" >>"$GITHUB_OUTPUT"
