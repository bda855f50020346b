#!/usr/bin/env bash
# Checks, and leaves the status and the files as outputs, or the reason why nothing is checked: the job fails at its end,
# when everything is reported.
#
# REPOSITORY is the folder; SINCE a revision, auto or none; BASE the head of the target branch, in a pull request;
# FAIL_ON a severity or nothing.
set -euo pipefail
out=$RUNNER_TEMP/triglyph-out
rm -rf "$out"
mkdir -p "$out"

# Nothing is checked, for the reason given; a second argument is the status.
refuse() {
  echo "::error title=Triglyph::$1"
  {
    echo "reason=$1"
    echo "status=${2:-2}"
  } >>"$GITHUB_OUTPUT"
  exit 0
}

# A file for people to read, in the log. The runner takes `##[…]` anywhere in a line for a command, and names are whatever
# somebody wrote.
show() {
  [[ -s $1 ]] || return 0
  local token
  token=$(od -An -N 16 -t x1 /dev/urandom | tr -d ' \n')
  printf '::stop-commands::%s\n' "$token"
  cat "$1"
  printf '\n::%s::\n' "$token"
}

[[ -d $REPOSITORY ]] || refuse 'the folder that the input repository names is not there'

revision=
case $SINCE in
  none | '') ;;
  auto)
    if [[ -n ${BASE:-} ]]; then
      # The base of the event may be ahead of what was checked out; a shallow clone has neither.
      revision=$(git -C "$REPOSITORY" merge-base "$BASE" HEAD 2>/dev/null) \
        || refuse 'there is nothing to compare with: let actions/checkout take the history (fetch-depth: 0)'
      # The change that brings the catalogue is checked whole.
      if ! git -C "$REPOSITORY" cat-file -e "$revision:./triglyph.yaml" 2>/dev/null \
        && ! git -C "$REPOSITORY" cat-file -e "$revision:./catalogue" 2>/dev/null; then
        echo "::notice title=Triglyph::the target branch has no architecture repository there yet: everything is checked"
        revision=
      fi
    fi
    ;;
  *) revision=$SINCE ;;
esac

options=(--repository "$REPOSITORY")
formats=(-f github -f "text=$out/check.txt" -f "sarif=$out/triglyph.sarif" -f "markdown=$out/check.md")
judged=()
[[ -z $revision ]] || judged=("--changed-since=$revision")
[[ -z $FAIL_ON ]] || judged+=(--fail-on "$FAIL_ON")

status=0
triglyph check "${options[@]}" "${formats[@]}" "${judged[@]}" 2>"$out/check.log" || status=$?
show "$out/check.txt"
show "$out/check.log"
[[ -s $out/check.md ]] || refuse 'triglyph could not begin; the log of the step that checks says why' $((status > 1 ? status : 2))

cp "$out/check.md" "$out/comment.md"
# What the change does, below what it breaks, where both fit into one comment (65,536 characters).
if [[ -n $revision ]]; then
  triglyph diff "${options[@]}" -f "markdown=$out/diff.md" "$revision" 2>"$out/diff.log" || true
  # Where the check was not complete, it has said what diff would repeat.
  [[ $status -gt 1 ]] || show "$out/diff.log"
fi
if [[ -s $out/diff.md ]]; then
  if [[ $(($(wc -c <"$out/check.md") + $(wc -c <"$out/diff.md"))) -lt 65000 ]]; then
    printf '\n' >>"$out/comment.md"
    cat "$out/diff.md" >>"$out/comment.md"
  fi
  {
    printf '\n'
    cat "$out/diff.md"
  } >>"${GITHUB_STEP_SUMMARY:-/dev/null}"
fi
echo "markdown=$out/comment.md" >>"$GITHUB_OUTPUT"
[[ ! -s $out/triglyph.sarif ]] || echo "sarif=$out/triglyph.sarif" >>"$GITHUB_OUTPUT"
echo "status=$status" >>"$GITHUB_OUTPUT"
