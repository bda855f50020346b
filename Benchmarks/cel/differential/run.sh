#!/usr/bin/env bash
# Compares the CEL library with cel-cpp on generated expressions; arguments go to differential.py (--seed, --count).
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../../.."

swift build --configuration release --package-path Benchmarks/cel --product cel-lines </dev/null >&2
source Benchmarks/cel/peers.sh
exec "$python" Benchmarks/cel/differential/differential.py "$@"
