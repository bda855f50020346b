#!/usr/bin/env python3
"""Writes the manual's pages, in mdoc, from what the command says of itself.

    triglyph --experimental-dump-help | Scripts/manual.py FOLDER

One page for the program and one for each command; commands of a command are sections of its page. The date is that of
SOURCE_DATE_EPOCH, so that one source makes one manual.
"""

import datetime
import json
import os
import pathlib
import re
import sys

PROGRAM = "triglyph"
COMMON = ("as-of", "repository", "quiet", "verbose", "stats")
STATUS = [
    ("0", "Nothing counts, or what was asked for was done."),
    ("1", "Something counts."),
    ("2", "The command line is wrong, or the input could not be evaluated completely."),
    ("3", "A bug of the program's."),
]


def escaped(text):
    """Text in which nothing is a request, a macro or an escape."""
    text = text.replace("\\", "\\e").replace("\u2026", "...")
    return "\\&" + text if text.startswith((".", "'")) else text


def quoted(text):
    """An argument of a macro; the zero-width escape keeps a word from being taken for a macro's name."""
    return '"\\&' + text.replace("\\", "\\e").replace('"', '\\(dq') + '"'


def prose(text):
    """Lines of a page: a paragraph each, and a sentence a line; indented lines are examples, and stay as they are."""
    lines = []
    for part in filter(str.strip, text.split("\n\n")):
        if part.startswith("  "):
            lines += [".Bd -literal -offset indent", *(escaped(line.strip()) for line in part.split("\n")), ".Ed"]
            continue
        if lines:
            lines.append(".Pp")
        lines += [escaped(line) for line in re.split(r"(?<=[a-z)`\d]\.) (?=[A-Z`])", " ".join(part.split()))]
    return lines


def flag(name):
    return name["name"] if name["kind"] == "short" else "-" + name["name"]


def spelling(argument):
    """`-f , --format Ar format` as a mdoc line would have it."""
    words = []
    for name in sorted(argument.get("names", []), key=lambda name: name["kind"] != "short"):
        words += ([","] if words else []) + ["Fl", quoted(flag(name))]
    if argument["kind"] != "flag":
        words += ["Ar", quoted(argument["valueName"])]
    return " ".join(words)


def shown(arguments):
    return [argument for argument in arguments if argument["shouldDisplay"]]


def synopsis(argument):
    words = spelling({**argument, "names": argument.get("names", [])[-1:]})
    if argument["isOptional"]:
        return ".Op " + words + (" ..." if argument["isRepeating"] else "")
    return "." + words + (" ..." if argument["isRepeating"] else "")


def described(argument, others=()):
    lines = [".It " + spelling(argument)]
    opposite = argument["valueName"].removeprefix("no-")
    if opposite != argument["valueName"] and any(other["valueName"] == opposite for other in others):
        return [*lines, "The opposite of", f".Fl {quoted('-' + opposite)} ."]
    lines += prose(argument.get("abstract", ""))
    if argument.get("discussion"):
        lines += [".Pp", *prose(argument["discussion"])]
    if argument.get("allValues"):
        lines.append("One of " + escaped(", ".join(argument["allValues"])) + ".")
    if argument.get("defaultValue"):
        lines.append("The default is")
        lines.append(".Ql " + quoted(argument["defaultValue"]) + " .")
    return lines if len(lines) > 1 else [*lines, ".No"]


def is_own(argument):
    return argument.get("valueName") not in ("help", "version") or argument["kind"] == "positional"


def ordered(arguments):
    """What a command is about first, what every command takes last: so it is read."""
    arguments = shown(arguments)
    common = [argument for argument in arguments if argument.get("valueName") in COMMON]
    positional = [argument for argument in arguments if argument["kind"] == "positional"]
    own = [argument for argument in arguments if argument not in common and argument not in positional]
    return positional + [one for one in own if is_own(one)] + common + [one for one in own if not is_own(one)]


def usage(command, names):
    lines = [".Nm", *(f".Cm {quoted(name)}" for name in names)]
    arguments = [argument for argument in ordered(command.get("arguments", [])) if is_own(argument)]
    # As it is typed: what has no name last.
    arguments.sort(key=lambda argument: argument["kind"] == "positional")
    return lines + [synopsis(argument) for argument in arguments]


def options(command):
    lines = [".Bl -tag -width Ds"]
    arguments = ordered(command.get("arguments", []))
    for argument in arguments:
        lines += described(argument, arguments)
    return [*lines, ".El"] if len(lines) > 1 else []


def head(title, name, abstract, date):
    return [
        f".Dd {date}", f".Dt {title.upper()} 1", ".Os Triglyph", ".Sh NAME", f".Nm {name}",
        ".Nd " + escaped(abstract[:1].lower() + abstract[1:].rstrip(".")),
    ]


def tail(others, tells_status=False):
    """What ends a page; one that tells of its own exit status is not contradicted."""
    lines = []
    if not tells_status:
        lines += [".Sh EXIT STATUS", ".Bl -tag -width Ds"]
        for status, meaning in STATUS:
            lines += [".It " + status, meaning]
        lines.append(".El")
    lines.append(".Sh SEE ALSO")
    return lines + [f".Xr {name} 1" + (" ," if name != others[-1] else "") for name in others]


def subcommands(command):
    return [
        sub for sub in command.get("subcommands", []) if sub["shouldDisplay"] and sub["commandName"] != "help"
    ]


def command_page(command, date):
    name = command["commandName"]
    page = head(f"{PROGRAM}-{name}", f"{PROGRAM} {name}", command.get("abstract", ""), date)
    # `.Nm` alone prints the name that was given first.
    page[4] = f".Nm {PROGRAM}-{name}"
    page.append(".Sh SYNOPSIS")
    leaves = subcommands(command)
    usages = [usage(leaf, [name, leaf["commandName"]]) for leaf in leaves] or [usage(command, [name])]
    for number, lines in enumerate(usages):
        page += ([] if number == 0 else [".Pp"]) + [f".Nm {PROGRAM}", *lines[1:]]
    page.append(".Sh DESCRIPTION")
    page += prose(command.get("abstract", "")) + [".Pp"] * bool(command.get("discussion"))
    page += prose(command.get("discussion", ""))
    own = options(command)
    page += ([".Pp", "The options are:"] if not leaves else []) + own if own else []
    for leaf in leaves:
        page += [f".Ss {PROGRAM} {name} {leaf['commandName']}", *prose(leaf.get("abstract", ""))]
        if leaf.get("discussion"):
            page += [".Pp", *prose(leaf["discussion"])]
        page += options(leaf)
    told = [part.get("discussion", "") for part in (leaves or [command])]
    return page + tail([PROGRAM], all("Exit status:" in text for text in told))


def program_page(command, commands, date):
    page = head(PROGRAM, PROGRAM, command["abstract"], date)
    page += [".Sh SYNOPSIS", ".Nm", ".Ar command", ".Op Ar argument ...", ".Sh DESCRIPTION"]
    page += prose(command["abstract"]) + [".Pp", *prose(command.get("discussion", "")), ".Pp", "The commands are:"]
    page.append(".Bl -tag -width Ds")
    for sub in commands:
        page += [f".It Cm {quoted(sub['commandName'])}", *prose(sub.get("abstract", "")), "See", f".Xr {PROGRAM}-{sub['commandName']} 1 ."]
    page += [
        ".El", ".Sh FILES", ".Bl -tag -width Ds",
        ".It Pa triglyph.yaml", "The settings of a repository; its folder is the repository's.",
        ".It Pa catalogue/ , standards/ , rules/", "The documents that are read.",
        ".El",
    ]
    return page + tail(sorted(f"{PROGRAM}-{sub['commandName']}" for sub in commands))


def main():
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    folder = pathlib.Path(sys.argv[1])
    seconds = int(os.environ.get("SOURCE_DATE_EPOCH") or datetime.datetime.now().timestamp())
    day = datetime.datetime.fromtimestamp(seconds, datetime.timezone.utc)
    date = f"{day:%B} {day.day}, {day.year}"
    root = json.load(sys.stdin)["command"]
    commands = sorted(subcommands(root), key=lambda command: command["commandName"])
    pages = {PROGRAM: program_page(root, commands, date)}
    for command in commands:
        pages[f"{PROGRAM}-{command['commandName']}"] = command_page(command, date)
    folder.mkdir(parents=True, exist_ok=True)
    for name, lines in pages.items():
        (folder / f"{name}.1").write_text("\n".join(filter(None, lines)) + "\n", encoding="utf-8")


main()
