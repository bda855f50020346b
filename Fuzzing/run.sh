#!/usr/bin/env bash
# Fuzzes each target with libFuzzer, and says what was run and what was found. Arguments are the targets to run: cel, yaml,
# repository, zone, csv; without any, all of them.
#
# FUZZ_SECONDS (30) is how long each runs. With FUZZ_FIXED each runs a fixed number of inputs instead, some thirty seconds'
# worth: the same ones every time, so that what passed once passes again. With FUZZ_BYTES, cel stops only after as many bytes of input instead.
# FUZZ_SEED (1) is what its random numbers begin with. With FUZZ_GOES_ON it tells of each find and goes on.
# TRIGLYPH_CEL_CONFORMANCE names a file of conformance cases: every beginning of every expression in it is tried too.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

# `--build` only builds.
just_builds=''
if [[ ${1:-} == --build ]]; then
  just_builds=yes
  shift
fi
targets=("$@")
[[ $# -gt 0 ]] || targets=(cel yaml repository zone csv)
seconds=${FUZZ_SECONDS:-30}
programs=$PWD/Fuzzing/.build/release
work=$PWD/Fuzzing/.build/corpora
crashes=$PWD/Fuzzing/crashes
# Swift's own handler would come before libFuzzer's, and no input would be kept.
export SWIFT_BACKTRACE=enable=no
# The order of dictionaries would be another in each run, and with it the branches that are seen.
export SWIFT_DETERMINISTIC_HASHING=1

has_runtime() {
  local resources
  resources=$(swiftc -print-target-info </dev/null | sed -nE 's/.*"runtimeResourcePath": "(.*)".*/\1/p')
  [[ -n $resources && -n $(find -L "$resources/clang/lib" -name 'libclang_rt.fuzzer*' -print -quit 2>/dev/null) ]]
}

if ! has_runtime; then
  echo "fuzz: nothing was fuzzed, because this Swift toolchain has no libFuzzer (libclang_rt.fuzzer)."
  exit 0
fi

Scripts/setup.sh
# What is not public is open to the targets, so that they can ask more of it.
swift build --package-path Fuzzing -c release --sanitize=fuzzer -Xswiftc -enable-testing </dev/null
[[ -z $just_builds ]] || exit 0

# The inputs to begin with, made of the project's own files.
seed() {
  local target=$1 folder=$work/$1-seeds number=0 file
  rm -rf "$folder"
  mkdir -p "$folder" "$work/$target" "$crashes/$target"
  case $target in
    cel)
      find Tests/CELTests rules standards \( -name '*.swift' -o -name '*.yaml' \) -print0 | sort -z \
        | xargs -0 "$programs/fuzz-cel" seeds "$folder"
      "$programs/fuzz-cel" dictionary >"$work/cel.dict"
      ;;
    yaml | repository)
      while IFS= read -r -d '' file; do
        number=$((number + 1))
        head -c 1000 "$file" >"$folder/file-$number"
      done < <(find catalogue rules standards -name '*.yaml' -print0 | sort -z)
      cp Fuzzing/Seeds/"$target"/* "$folder/"
      if [[ $target == repository ]]; then "$programs/fuzz-repository" vocabulary; fi
      ;;
    csv) cp Fuzzing/Seeds/csv/* "$folder/" ;;
    zone)
      for file in Europe/London America/New_York Africa/Casablanca Antarctica/Troll Asia/Tokyo; do
        [[ ! -f ${TZDIR:-/usr/share/zoneinfo}/$file ]] \
          || cp -L "${TZDIR:-/usr/share/zoneinfo}/$file" "$folder/$(basename "$file")"
      done
      cp Fuzzing/Seeds/zone/* "$folder/"
      ;;
  esac
}

# The longest input of a target, in bytes.
length() {
  case $1 in
    cel) echo 500 ;;
    zone) echo 2000 ;;
    *) echo 1000 ;;
  esac
}

# How many inputs take about thirty seconds.
runs() {
  case $1 in
    cel) echo 150000 ;;
    yaml) echo 200000 ;;
    repository) echo 10000 ;;
    zone) echo 50000 ;;
    csv) echo 100000 ;;
  esac
}

# Addresses are hashed and compared, too: the same ones each time, where the system allows it.
still=()
if [[ -n ${FUZZ_FIXED:-} ]] && setarch "$(uname -m)" -R true 2>/dev/null; then still=(setarch "$(uname -m)" -R); fi

status=0
report=()
for target in "${targets[@]}"; do
  printf '\n== fuzz-%s\n' "$target"
  seed "$target"
  log=$work/$target.log
  flags=(-seed="${FUZZ_SEED:-1}" -timeout=10 -rss_limit_mb=2048 -max_len="$(length "$target")" -print_final_stats=1)
  flags+=(-artifact_prefix="$crashes/$target/")
  [[ $target != cel ]] || flags+=(-dict="$work/cel.dict")
  if [[ $target == cel && -n ${FUZZ_BYTES:-} ]]; then
    flags+=(--bytes="$FUZZ_BYTES")
  elif [[ -n ${FUZZ_FIXED:-} ]]; then
    rm -rf "${work:?}/$target"
    mkdir -p "$work/$target"
    flags+=(-runs="$(runs "$target")")
  else
    flags+=(-max_total_time="$seconds")
  fi
  found=0
  "${still[@]}" "$programs/fuzz-$target" "${flags[@]}" "$work/$target" "$work/$target-seeds" >"$log" 2>&1 </dev/null || found=$?
  grep -aE -A 1 '^(known|broken):|^Fatal error|ERROR: libFuzzer' "$log" | cut -c 1-400 || true
  counts=$(sed -nE 's/^fuzzed: (.*)/\1/p' "$log" | tail -n 1)
  features=$(grep -aoE ' ft: [0-9]+' "$log" | tail -n 1 | tr -dc '0-9')
  input=$(sed -nE 's/.*Test unit written to (.*)/\1/p' "$log" | tail -n 1)
  if [[ $found -ne 0 ]]; then
    status=1
    echo "fuzz-$target found something (status $found): ${input:-see $log}"
    if [[ -f $input ]]; then head -c 1000 "$input" | od -c | head -n 40; fi
  fi
  report+=("$(printf '%-11s %s, %s features, %s' "$target" "${counts:-stopped at a find}" "${features:-0}" \
    "$([[ $found -eq 0 ]] && echo 'no crash' || echo 'a crash')")")
  if [[ $target == cel && $found -eq 0 && -n ${TRIGLYPH_CEL_CONFORMANCE:-} ]]; then
    "$programs/fuzz-cel" prefixes "$TRIGLYPH_CEL_CONFORMANCE" || status=1
  fi
done
printf '\n'
printf '%s\n' "${report[@]}"
exit $status
