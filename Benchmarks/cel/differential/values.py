"""Values in one form for both engines: nested tuples whose first item names the type.

cel-cpp's Python binding cannot return every value (an optional, mixed keys of a map, nanoseconds), so its results are read
from the text that it prints of a list around them. That text is exact but for doubles, of which it has six digits, and for
the duration of nothing, which it prints as `0`: as nested values they are compared as far as that goes.
"""

import base64
import re

TYPE_NAMES = {"google.protobuf.Timestamp": "timestamp", "google.protobuf.Duration": "duration"}
TOKEN = re.compile(
    r"""(?P<string>b?"(?:[^"\\]|\\.)*"|b?'(?:[^'\\]|\\.)*')
      | (?P<timestamp>-?\d+-\d\d-\d\dT[0-9:.]+Z)
      | (?P<duration>-?(?:\d+(?:\.\d+)?(?:h|ms|us|ns|m|s))+)
      | (?P<uint>-?\d+u)
      | (?P<double>-?\d+\.\d+(?:e[+-]\d+)?(?:\.\d+)?|-?\d+e[+-]\d+(?:\.\d+)?|nan|[+-]infinity)
      | (?P<int>-?\d+)
      | (?P<name>optional\.of|optional\.none|[A-Za-z_][\w.]*)
      | (?P<punctuation>[\[\]{}()<>,:])
      | (?P<space>\s+)""",
    re.VERBOSE | re.DOTALL,
)
UNITS = {"h": 3_600_000_000_000, "m": 60_000_000_000, "s": 1_000_000_000, "ms": 1_000_000, "us": 1_000, "ns": 1}
ESCAPES = {"n": "\n", "r": "\r", "t": "\t"}


def double(number, digits=None):
    """A double to all its digits, or to some; every NaN is the same, and the zeros differ."""
    if number != number:
        return ("double", "NaN")
    return ("double", repr(number) if digits is None else f"{number:.{digits}g}")


def nanoseconds(text):
    """Of a duration as either engine prints it."""
    total = 0
    for whole, fraction, unit in re.findall(r"(\d+)(?:\.(\d+))?(ms|us|ns|h|m|s)", text):
        total += int(whole) * UNITS[unit] + int(fraction or 0) * UNITS[unit] // 10 ** len(fraction)
    return -total if text.startswith("-") else total


def instant(text):
    """A timestamp's text with four digits of the year and no trailing zeros."""
    year, rest = text.split("-", 1)
    rest = rest.rstrip("Z")
    if "." in rest:
        rest = rest.rstrip("0").rstrip(".")
    return ("timestamp", f"{int(year):04}-{rest}")


def from_notation(value, is_nested=False):
    """Of what cel-lines writes."""
    (tag, inner), = value.items()
    if tag == "double":
        return double(float(inner), 6 if is_nested else None)
    if tag == "bytes_b64":
        return ("bytes", base64.b64decode(inner))
    if tag == "list":
        return ("list", tuple(from_notation(item, True) for item in inner))
    if tag == "map":
        return ("map", frozenset((from_notation(key, True), from_notation(item, True)) for key, item in inner))
    if tag == "optional":
        return ("optional", None if inner is None else from_notation(inner, True))
    if tag == "timestamp":
        return instant(inner)
    if tag == "duration":
        length = nanoseconds(inner)
        return ("int", 0) if is_nested and length == 0 else ("duration", length)
    if tag == "type":
        return ("type", inner if isinstance(inner, str) else inner.get("abstract") or next(iter(inner)))
    if tag in ("int", "uint"):
        return (tag, int(inner))
    return (tag, inner)


class Text:
    """Reads cel-cpp's text of a value."""

    def __init__(self, text):
        self.tokens = []
        place = 0
        while place < len(text):
            match = TOKEN.match(text, place)
            if not match:
                raise ValueError(f"no value is written {text!r}")
            if match.lastgroup != "space":
                self.tokens.append((match.lastgroup, match.group()))
            place = match.end()
        self.place = 0

    def next(self):
        self.place += 1
        return self.tokens[self.place - 1]

    def accept(self, text):
        if self.place < len(self.tokens) and self.tokens[self.place][1] == text:
            self.place += 1
            return True
        return False

    def value(self):
        kind, text = self.next()
        if text == "[":
            items = []
            while not self.accept("]"):
                items.append(self.value())
                self.accept(",")
            return ("list", tuple(items))
        if text == "{":
            entries = []
            while not self.accept("}"):
                key = self.value()
                self.accept(":")
                entries.append((key, self.value()))
                self.accept(",")
            return ("map", frozenset(entries))
        if kind == "string":
            return unescaped(text)
        if kind == "timestamp":
            return instant(text)
        if kind == "duration":
            return ("duration", nanoseconds(text))
        if kind == "uint":
            # From 2^63 on it prints them as if they were signed.
            return ("uint", int(text[:-1]) % 2**64)
        if kind == "double":
            # It appends `.0` to what has no dot, behind an exponent too.
            return double(float(re.sub(r"(e[+-]\d+)\.0$", r"\1", text)), 6)
        if kind == "int":
            return ("int", int(text))
        if text == "optional.of":
            self.accept("(")
            inner = self.value()
            self.accept(")")
            return ("optional", inner)
        if text == "optional.none":
            self.accept("(")
            self.accept(")")
            return ("optional", None)
        if text in ("true", "false"):
            return ("bool", text == "true")
        if text == "null":
            return ("null", None)
        depth = 0
        while self.place < len(self.tokens) and (depth or self.tokens[self.place][1] == "<"):
            depth += {"<": 1, ">": -1}.get(self.next()[1], 0)
        return ("type", TYPE_NAMES.get(text, text))


def unescaped(text):
    is_bytes = text.startswith("b")

    def plain(match):
        escape = match.group(1)
        if escape[0] == "x":
            return chr(int(escape[1:], 16))
        return ESCAPES.get(escape, escape)

    inner = re.sub(r"\\(x[0-9a-fA-F]{2}|.)", plain, text[2 if is_bytes else 1 : -1], flags=re.DOTALL)
    return ("bytes", inner.encode("latin-1")) if is_bytes else ("string", inner)


def type_from_notation(written):
    """A static type, in cel-cpp's way of writing."""
    if isinstance(written, str):
        return {"null_type": "NULL"}.get(written, written.upper())
    if "list" in written:
        return f"LIST<{type_from_notation(written['list'])}>"
    if "map" in written:
        return "MAP<" + ", ".join(type_from_notation(part) for part in written["map"]) + ">"
    if "type" in written:
        return plain_type(f"TYPE<{type_from_notation(written['type'])}>")
    return f"optional_type<{type_from_notation(written['params'][0])}>"


def plain_type(text):
    """A type of types is one, whatever they are of."""
    while (shorter := re.sub(r"TYPE<TYPE<[^<>]*>>", "TYPE<TYPE>", text)) != text:
        text = shorter
    return text
