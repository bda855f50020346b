#!/usr/bin/env bash
# Installs the two executables, completions and the manual under $DESTDIR$PREFIX, or takes them away: `install.sh --uninstall`.
# What is installed is what .build/release has; it is built where it is not there. PROGRAMS names another folder.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

prefix=${PREFIX:-/usr/local}
prefix=${prefix%/}
root=${DESTDIR:-}$prefix
programs=${PROGRAMS:-.build/release}
bash=$root/share/bash-completion/completions/triglyph
zsh=$root/share/zsh/site-functions/_triglyph
fish=$root/share/fish/vendor_completions.d/triglyph.fish
manual=$root/share/man/man1

fail() {
  printf 'install: %s\n' "$1" >&2
  exit 2
}

[[ -z $prefix || $prefix == /* ]] || fail "PREFIX is a path from the root, not $prefix"
[[ -z ${DESTDIR:-} || $DESTDIR == /* ]] || fail "DESTDIR is a path from the root, not $DESTDIR"

if [[ ${1:-} == --uninstall ]]; then
  rm -f "$root"/bin/triglyph{,-render} "$bash" "$zsh" "$fish" "$manual"/triglyph.1 "$manual"/triglyph-*.1
  exit 0
fi
[[ $# -eq 0 ]] || fail "there is no option $1; --uninstall is the only one"

if [[ ! -x $programs/triglyph || ! -x $programs/triglyph-render ]]; then
  [[ -z ${PROGRAMS:-} ]] || fail "there is no triglyph and triglyph-render in $PROGRAMS"
  Scripts/build.sh
fi

# Everything is made aside first: what cannot be made leaves nothing behind.
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
for program in triglyph triglyph-render; do
  cp "$programs/$program" "$work/$program"
  if [[ ${STRIP:-yes} == yes ]]; then
    strip --strip-all "$work/$program" || fail "strip failed; STRIP=no installs the executables as they are"
  fi
done
for shell in bash zsh fish; do "$work/triglyph" --generate-completion-script "$shell" >"$work/$shell"; done
if command -v python3 >/dev/null 2>&1; then
  : "${SOURCE_DATE_EPOCH:=$(git log -1 --format=%ct 2>/dev/null || date +%s)}"
  export SOURCE_DATE_EPOCH
  "$work/triglyph" --experimental-dump-help | python3 Scripts/manual.py "$work/man"
else
  echo "install: there is no python3, which writes the manual: it is left out" >&2
fi

umask 022
install -D --mode 755 --target-directory "$root/bin" "$work/triglyph" "$work/triglyph-render"
install -D --mode 644 "$work/bash" "$bash"
install -D --mode 644 "$work/zsh" "$zsh"
install -D --mode 644 "$work/fish" "$fish"
if [[ -d $work/man ]]; then install -D --mode 644 --target-directory "$manual" "$work"/man/*.1; fi
