#!/usr/bin/env bash
# Builds the two executables for release, into .build/release, with the Swift runtime inside them: they start sooner.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

Scripts/setup.sh
for product in triglyph triglyph-render; do
  swift build --configuration release --static-swift-stdlib --product "$product" </dev/null
done
