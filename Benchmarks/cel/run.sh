#!/usr/bin/env bash
# Times the CEL library beside cel-cpp, cel-rust and cel-python on the same expressions, in one run. ROUNDS (default 5)
# says how often; arguments go to compare.py.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."

swift build --configuration release --package-path Benchmarks/cel --product cel-bench </dev/null >&2
source Benchmarks/cel/peers.sh
exec "$python" Benchmarks/cel/compare.py --rounds "${ROUNDS:-5}" "$@"
