#!/usr/bin/env bash
# Tells what the build depends on: the sources, the compiler, the system. The cache's key.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."

inputs() {
  find Sources Package.swift Package.resolved Scripts -type f -print0 2>/dev/null | LC_ALL=C sort -z | xargs -0 sha256sum
  swift --version 2>/dev/null </dev/null || true
  cat /etc/os-release 2>/dev/null || true
}

digest=$(inputs | sha256sum | cut -c 1-32)
echo "digest=$digest" >>"$GITHUB_OUTPUT"
