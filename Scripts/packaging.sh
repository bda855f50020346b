#!/usr/bin/env bash
# Installs into a folder of its own what .build/release has, and tries it as whoever installed it would; looks at the Dockerfile
# and the workflows with the linters of others. Nothing is built that is built already. PROGRAMS names another folder to install
# from.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
source=$PWD
tools=$source/.build/consumers/bin

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
failures=0
passed=0
ok() {
  passed=$((passed + 1))
  printf 'ok: %s\n' "$1"
}
bad() {
  failures=$((failures + 1))
  printf 'FAILED: %s\n' "$1" >&2
}
check() {
  local name=$1
  shift
  if "$@" >"$work/said" 2>&1; then ok "$name"; else
    bad "$name"
    head -n 20 "$work/said" >&2
  fi
}
is() { if [[ $2 == "$3" ]]; then ok "$1"; else bad "$1: $2 is not $3"; fi; }
# With CI set a tool that is not there is installed, elsewhere what it would look at is passed over, and told.
need() {
  if command -v "$1" >/dev/null 2>&1; then return 0; fi
  case ${CI:-} in
    '' | 0 | false) ;;
    *)
      local as_root=()
      [[ $EUID -eq 0 ]] || as_root=(sudo)
      { "${as_root[@]}" apt-get update && "${as_root[@]}" apt-get install --yes --no-install-recommends "$1"; } \
        >/dev/null 2>&1 || true
      ;;
  esac
  if command -v "$1" >/dev/null 2>&1; then return 0; fi
  printf 'SKIPPED: there is no %s here\n' "$1"
  return 1
}

# 1. What is installed, and where.
export DESTDIR=$work/root PREFIX=/opt/triglyph
root=$DESTDIR$PREFIX
Scripts/install.sh
for file in bin/triglyph bin/triglyph-render share/bash-completion/completions/triglyph \
  share/zsh/site-functions/_triglyph share/fish/vendor_completions.d/triglyph.fish share/man/man1/triglyph.1 \
  share/man/man1/triglyph-check.1; do
  check "$file is installed" test -s "$root/$file"
done
first=$(find "$DESTDIR" -type f -exec sha256sum {} + | sort)
Scripts/install.sh
is "installed twice is the same" "$(find "$DESTDIR" -type f -exec sha256sum {} + | sort)" "$first"
for program in triglyph triglyph-render; do
  is "$program is stripped" "$(readelf --section-headers "$root/bin/$program" | grep -c '\.symtab' || true)" 0
  printf 'size of %s: %s KiB\n' "$program" $(($(stat --format %s "$root/bin/$program") / 1024))
done
if [[ -z ${PROGRAMS:-} ]]; then
  is "Swift's libraries are inside" "$(ldd "$root/bin/triglyph" | grep -c libswift || true)" 0
fi
status=0
PREFIX=relative Scripts/install.sh >/dev/null 2>&1 || status=$?
is "a prefix that is no path from the root is refused" "$status" 2

# 2. It runs with an empty environment, from elsewhere, through a link, and finds its renderer beside itself.
mkdir -p "$work/elsewhere"
ln -s "$root/bin/triglyph" "$work/elsewhere/triglyph"
run=(env -i PATH="$work/elsewhere:/usr/bin:/bin" triglyph)
cd "$work/elsewhere"
check "it says its version" "${run[@]}" --version
check "it makes a repository" "${run[@]}" init "$work/new"
status=0
"${run[@]}" check --repository "$work/new" --as-of 2026-12-01 >"$work/said" 2>&1 || status=$?
check "it checks it" test "$status" -le 1
check "it draws it" "${run[@]}" draw context payments-gateway --repository "$source" --as-of 2026-12-01 -o "$work/picture.svg"
check "the picture is one" grep -q '<svg' "$work/picture.svg"
mv "$root/bin/triglyph-render" "$root/bin/elsewhere"
status=0
"${run[@]}" draw context payments-gateway --repository "$source" --as-of 2026-12-01 -o "$work/none.svg" >"$work/said" 2>&1 || status=$?
is "without its renderer it says so" "$status $(grep -c 'install it beside triglyph' "$work/said" || true)" "2 1"
mv "$root/bin/elsewhere" "$root/bin/triglyph-render"
cd "$source"

# 3. The manual.
pages=("$root"/share/man/man1/*.1)
commands=$("$root/bin/triglyph" --help | sed -n '/^SUBCOMMANDS:/,/^$/p' | sed -nE 's/^  ([a-z]+) .*/\1/p' | grep -cv '^help$')
is "there is a page for each command" "${#pages[@]}" $((commands + 1))
if need mandoc; then
  for page in "${pages[@]}"; do
    # What is only style, as the length of a line, is not looked at.
    check "mandoc reads ${page##*/}" mandoc -T lint -W warning "$page"
  done
  mandoc -T utf8 "$root/share/man/man1/triglyph-check.1" | sed 's/.\x08//g' >"$work/page"
  mandoc -T utf8 "$root/share/man/man1/triglyph-reuse.1" | sed 's/.\x08//g' >"$work/reuse"
  check "an example is a line of its own" grep -qxE ' +triglyph reuse "take card payments online"' "$work/reuse"
  check "the page of check has its options" grep -q -e '--changed-since' "$work/page"
fi

# 4. Completions, which ask the program for ids.
cat >"$work/complete.bash" <<'BASH'
source "$1"
shift
COMP_WORDS=("$@")
COMP_CWORD=$((${#COMP_WORDS[@]} - 1))
COMP_LINE="${COMP_WORDS[*]}"
COMP_POINT=${#COMP_LINE}
COMP_TYPE=9
COMP_KEY=9
COMPREPLY=()
_triglyph_joined "${COMP_WORDS[0]}" "${COMP_WORDS[COMP_CWORD]}" "${COMP_WORDS[COMP_CWORD - 1]}"
printf '%s\n' "${COMPREPLY[@]}"
BASH
in_bash() { bash "$work/complete.bash" "$root/share/bash-completion/completions/triglyph" triglyph "$@" | sort -u | tr '\n' ' '; }
PATH=$root/bin:$PATH
is "bash completes an id" "$(in_bash show payments-gateway/t)" "payments-gateway/takings "
is "bash completes an id with its kind" "$(in_bash show system : payments-g)" "payments-gateway "
check "a bash completes an id with its kind" python3 Tests/Consumers/type.py bash "$root" 'triglyph show system:payments-g' payments-gateway
is "bash completes an initiative's" "$(in_bash check --initiative one)" "one-log-in "
is "bash completes a command" "$(in_bash opport)" "opportunities "
check "bash has the words of every command" test "$(in_bash '' | wc -w)" -ge "$commands"
if need zsh; then
  check "zsh reads its script" zsh -n "$root/share/zsh/site-functions/_triglyph"
  check "a zsh completes an id with its kind" python3 Tests/Consumers/type.py zsh "$root" 'triglyph show system:payments-g' payments-gateway
  check "a zsh completes an id" python3 Tests/Consumers/type.py zsh "$root" 'triglyph show payments-gateway/t' takings
fi
if need fish; then
  check "fish reads its script" fish --no-execute "$root/share/fish/vendor_completions.d/triglyph.fish"
  check "a fish completes an id" python3 Tests/Consumers/type.py fish "$root" 'triglyph show payments-gateway/t' takings
fi

# 5. What is taken away.
mkdir -p "$root/share/man/man1" && echo other >"$root/share/man/man1/other.1"
Scripts/install.sh --uninstall
is "nothing but what others put there is left" "$(find "$DESTDIR" -type f)" "$root/share/man/man1/other.1"

# 6. The archive of a release.
if git rev-parse HEAD >/dev/null 2>&1; then
  Scripts/archive.sh v0.0.0 "$work/release" >"$work/one" && one=$(sha256sum "$(<"$work/one")")
  Scripts/archive.sh v0.0.0 "$work/release" >"$work/two"
  is "an archive made twice has the same bytes" "$(sha256sum "$(<"$work/two")")" "$one"
  check "its checksum is right" bash -c "cd '$work/release' && sha256sum --check SHA256SUMS"
  check "it has the executables" bash -c "tar tzf '$(<"$work/one")' | grep -q /bin/triglyph-render"
fi

# 7. The container, which cannot be run here: its linter, and that its packages have every library.
if [[ -x $tools/hadolint ]]; then
  check "hadolint reads the Dockerfile" "$tools/hadolint" Dockerfile
  sed 's/^USER .*//; s/debian:bookworm-slim/debian/' Dockerfile >"$work/Dockerfile"
  if "$tools/hadolint" "$work/Dockerfile" >/dev/null 2>&1; then bad "hadolint notices a base without a tag"; else ok "hadolint notices a base without a tag"; fi
  check "zizmor reads the workflows" "$tools/zizmor" --offline --no-progress --min-severity low .github/workflows
else
  printf 'SKIPPED: .build/consumers has no hadolint and no zizmor; Scripts/consumers.sh makes it\n'
fi
# shellcheck source=/dev/null
if [[ $(. /etc/os-release && echo "$ID$VERSION_ID") == debian12 ]]; then
  read -ra named <<<"$(sed -n '/^FROM debian/,/^COPY/p' Dockerfile | grep -oE '\b(lib[a-z0-9.+-]+|fonts-[a-z-]+|git|tzdata)\b' | sort -u | tr '\n' ' ')"
  for package in "${named[@]}"; do check "Debian has $package" apt-cache show "$package"; done
  # What they bring with them is named by what needs it.
  closure=$(apt-cache depends --recurse --no-recommends --no-suggests --no-conflicts --no-breaks --no-replaces --no-enhances "${named[@]}" 2>/dev/null | grep -E '^[a-z0-9]' | sort -u)
  Scripts/install.sh
  for library in $(ldd "$root/bin/triglyph" "$root/bin/triglyph-render" | awk '/=> \/(usr\/)?lib/ {print $3}' | sort -u); do
    # A library may be known under one of its two names only.
    package=$({ dpkg --search "$(realpath "$library")" "$library" 2>/dev/null || true; } | head -n 1 | cut -d : -f 1)
    check "the container has ${library##*/}" grep -qx -- "$package" <<<"$closure"
  done
else
  printf 'SKIPPED: this is not the Debian of the container: its packages are not looked at\n'
fi

printf '%d passed, %d failed\n' "$passed" "$failures"
[[ $failures -eq 0 ]]
