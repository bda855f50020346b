#!/usr/bin/env bash
# Makes triglyph-VERSION-SYSTEM-MACHINE.tar.gz of what `make install` installs, and SHA256SUMS beside it: archive.sh VERSION FOLDER.
# The same source, built by the same tools, makes the same bytes.
set -euo pipefail
[[ $# -eq 2 ]] || {
  echo "archive: archive.sh VERSION FOLDER" >&2
  exit 2
}
version=${1#v}
mkdir -p "$2"
folder=$(cd "$2" && pwd)
cd "$(dirname "${BASH_SOURCE[0]}")/.."

# The libraries that it is linked to are those of this system.
# shellcheck source=/dev/null
system=$(. /etc/os-release && printf '%s%s' "$ID" "$VERSION_ID")
name=triglyph-$version-$system-$(uname -m)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
: "${SOURCE_DATE_EPOCH:=$(git log -1 --format=%ct)}"
export SOURCE_DATE_EPOCH
DESTDIR=$work/$name PREFIX='' Scripts/install.sh
cp LICENSE README.md CHANGELOG.md "$work/$name/"
tar --create --directory "$work" --sort=name --owner=0 --group=0 --numeric-owner --mtime="@$SOURCE_DATE_EPOCH" \
  --format=gnu "$name" | gzip --no-name --best >"$folder/$name.tar.gz"
(cd "$folder" && sha256sum "$name.tar.gz" >SHA256SUMS)
printf '%s\n' "$folder/$name.tar.gz"
