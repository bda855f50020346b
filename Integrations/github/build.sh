#!/usr/bin/env bash
# Builds triglyph from the source beside this script into $RUNNER_TEMP/triglyph-bin, unless the cache had it there.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
bin=$RUNNER_TEMP/triglyph-bin

# The libraries are needed to run it, too.
Scripts/setup.sh
if [[ ${CACHED:-} != true || ! -x $bin/triglyph ]]; then
  echo "::group::building triglyph"
  swift build --configuration release --static-swift-stdlib --product triglyph --scratch-path "$RUNNER_TEMP/triglyph-build" </dev/null
  echo "::endgroup::"
  mkdir -p "$bin"
  cp "$RUNNER_TEMP/triglyph-build/release/triglyph" "$bin/triglyph"
fi
"$bin/triglyph" --version
echo "$bin" >>"$GITHUB_PATH"
