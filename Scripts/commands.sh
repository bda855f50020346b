#!/usr/bin/env bash
# Prints the reference of the commands in Markdown, from what the commands say of themselves. With --write, puts it into
# docs/reference/commands.md; `make docs` compares the two.
# TRIGLYPH names the triglyph to run; without it the one that Scripts/build.sh built.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

page=docs/reference/commands.md
case ${1:-} in
  '' | --write) ;;
  *) echo 'commands: the only option is --write' >&2; exit 2 ;;
esac
help=$(mktemp)
trap 'rm -f "$help"' EXIT
"${TRIGLYPH:-.build/release/triglyph}" --experimental-dump-help >"$help"
made=$(python3 - "$help" <<'PYTHON'
import html, json, re, sys

with open(sys.argv[1], encoding="utf-8") as file:
    root = json.load(file)["command"]
out = ["<!-- Written by `Scripts/commands.sh --write`: change the command that it comes from. -->", "# Commands", ""]


def text(value):
    """A sentence for a line or a cell of a table: nothing in it is markup but code between backticks."""
    parts = re.split(r"(`[^`]*`)", " ".join(value.split()))
    for index, part in enumerate(parts):
        if index % 2 == 0:
            parts[index] = re.sub(r"([\\*_\[\]~#@])", r"\\\1", html.escape(part, quote=False))
    return "".join(parts).replace("|", "\\|")


def spelling(argument):
    value = argument.get("valueName", "")
    if argument["kind"] == "positional":
        shown = f"<{value}>" + ("…" if argument["isRepeating"] else "")
    else:
        names = [("--" if name["kind"] == "long" else "-") + name["name"] for name in argument["names"]]
        shown = ", ".join(names) + (f" <{value}>" if argument["kind"] == "option" else "")
    return f"`{shown}`"


def row(argument):
    words = [text(argument.get("abstract", ""))]
    if argument["kind"] != "flag" and argument.get("defaultValue"):
        words.append(f"If absent: `{argument['defaultValue']}`.")
    values = argument.get("allValues") or []
    if values:
        words.append("One of " + ", ".join(f"`{value}`" for value in values) + ".")
    if argument["isRepeating"] and argument["kind"] == "positional":
        words.append("May be repeated.")
    if argument["kind"] == "positional" and argument["isOptional"]:
        words.append("May be left out.")
    return f"| {spelling(argument)} | {' '.join(word for word in words if word)} |"


def table(arguments):
    out.extend(["| | |", "|:--|:--|"] + [row(argument) for argument in arguments] + [""])


def discussion(value):
    """Paragraphs; lines that are indented are what somebody types."""
    for part in re.split(r"\n[ \t]*\n", value.strip("\n")):
        lines = part.split("\n")
        if all(line.startswith("  ") for line in lines):
            out.extend(["```", *(line[2:] for line in lines), "```", ""])
        else:
            out.extend([text(part), ""])


def shown(command):
    return [argument for argument in command.get("arguments", []) if argument.get("shouldDisplay", True)]


def walk(command, way):
    for inner in command.get("subcommands", []):
        yield from walk(inner, way + [command["commandName"]])
    if not command.get("subcommands") and command.get("shouldDisplay", True) and command["commandName"] != "help":
        yield " ".join(way + [command["commandName"]]), command


commands = sorted(walk(root, []), key=lambda pair: pair[0])
key = lambda argument: json.dumps(argument, sort_keys=True)
counts = {}
for _, command in commands:
    for argument in shown(command):
        counts.setdefault(key(argument), [argument, 0])[1] += 1
common = {name for name, (_, count) in counts.items() if count == len(commands)}

out.extend([text(root["abstract"]), ""])
discussion(root.get("discussion", ""))
out.extend(["| command | what it does |", "|:--|:--|"])
for name, command in commands:
    out.append(f"| [`{name}`](#{name.replace(' ', '-')}) | {text(command.get('abstract', ''))} |")
out.extend(["", "## Every command", ""])
out.extend(["Exit status: 0 and 1 as the command says; 2 for a command line or an input that cannot be evaluated; 3 for a bug of", "Triglyph's.", ""])
table([argument for name, (argument, _) in counts.items() if name in common])
for name, command in commands:
    out.extend([f"## {name}", "", text(command.get("abstract", "")), ""])
    discussion(command.get("discussion", "") or "")
    own = [argument for argument in shown(command) if key(argument) not in common]
    for kind, title in (("positional", "Arguments"), ("option", "Options")):
        rows = [a for a in own if (a["kind"] == "positional") == (kind == "positional")]
        if rows:
            out.extend([f"{title}:", ""])
            table(rows)
print("\n".join(out).rstrip("\n"))
PYTHON
)
if [[ ${1:-} == --write ]]; then printf '%s\n' "$made" >"$page"; else printf '%s\n' "$made"; fi
