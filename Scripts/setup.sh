#!/usr/bin/env bash
# Installs what the build needs and the system lacks. Says nothing when nothing is missing.
set -euo pipefail

least_swift=6.2
packages=()

fail() {
  printf 'setup: %s\n' "$1" >&2
  exit 1
}

check_swift() {
  command -v swift >/dev/null 2>&1 || fail "Swift $least_swift or later is needed, and there is no swift on the PATH; see https://www.swift.org/install"
  local version
  version=$(swift --version 2>/dev/null </dev/null | sed -nE 's/.*Swift version ([0-9]+\.[0-9]+).*/\1/p' | head -n 1)
  [[ -n $version ]] || fail "Swift $least_swift or later is needed, and $(command -v swift) does not tell its version."
  if [[ $(printf '%s\n%s\n' "$least_swift" "$version" | sort -V | head -n 1) != "$least_swift" ]]; then
    fail "Swift $least_swift or later is needed, and $(command -v swift) is $version; see https://www.swift.org/install"
  fi
}

installed() {
  [[ $(dpkg-query --show --showformat='${db:Status-Status}' "$1" 2>/dev/null) == installed ]]
}

lacks_browser() {
  local name
  for name in chromium chromium-browser google-chrome google-chrome-stable; do
    if command -v "$name" >/dev/null 2>&1; then return 1; fi
  done
}

find_missing() {
  local package
  for package in libyaml-dev libgraphviz-dev libre2-dev libsqlite3-dev libmimalloc-dev fonts-dejavu-core tzdata; do
    installed "$package" || packages+=("$package")
  done
  command -v pkg-config >/dev/null 2>&1 || packages+=(pkg-config)
  command -v git >/dev/null 2>&1 || packages+=(git)
  # Swift links through GCC's start files and runtime; g++ brings all of them.
  compgen -G '/usr/lib/gcc/*/*/libstdc++.so' >/dev/null || packages+=(g++)
  # CI drives the page of a check in a browser. Ubuntu has Chromium as a snap only; GitHub's images have Chrome.
  case ${CI:-} in
    '' | 0 | false) ;;
    *) if lacks_browser && grep -qx 'ID=debian' /etc/os-release 2>/dev/null; then packages+=(chromium); fi ;;
  esac
}

install() {
  local log=$1
  DEBIAN_FRONTEND=noninteractive "${as_root[@]}" apt-get install --yes --no-install-recommends "${packages[@]}" \
    >>"$log" 2>&1 </dev/null
}

update() {
  "${as_root[@]}" apt-get update >>"$1" 2>&1 </dev/null
}

check_swift

if ! command -v apt-get >/dev/null 2>&1 || ! command -v dpkg-query >/dev/null 2>&1; then
  if command -v pkg-config >/dev/null 2>&1 && pkg-config --exists yaml-0.1 libgvc re2 sqlite3 &&
    echo '#include <mimalloc.h>' | "${CC:-cc}" -E - >/dev/null 2>&1; then exit 0; fi
  fail "There is no apt-get here: install pkg-config, the development files of libyaml, Graphviz, RE2, SQLite and mimalloc (Debian's libyaml-dev, libgraphviz-dev, libre2-dev, libsqlite3-dev and libmimalloc-dev), the DejaVu fonts and the time zone database (tzdata)."
fi

find_missing
[[ ${#packages[@]} -gt 0 ]] || exit 0

as_root=()
if [[ $EUID -ne 0 ]]; then
  command -v sudo >/dev/null 2>&1 || fail "Missing are ${packages[*]}: install them as root, since there is no sudo here."
  # sudo drops the environment; env puts this one setting back.
  as_root=(sudo env DEBIAN_FRONTEND=noninteractive)
fi

echo "setup: installing ${packages[*]} with apt-get"
log=$(mktemp)
trap 'rm -f "$log"' EXIT
updated=
if ! compgen -G '/var/lib/apt/lists/*_Packages*' >/dev/null; then
  update "$log" || true
  updated=yes
fi
if ! install "$log"; then
  if [[ -n $updated ]] || ! update "$log" || ! install "$log"; then
    tail -n 20 "$log" >&2
    fail "apt-get could not install ${packages[*]}; its last words are above."
  fi
fi
