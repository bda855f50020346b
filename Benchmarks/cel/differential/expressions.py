"""Generates expressions as trees: typed where all goes well, and now and then with an operand of another type."""

import re
import string

from engines import VARIABLES

SCALARS = ("int", "uint", "double", "string", "bytes", "bool", "timestamp", "duration")
ORDERED = SCALARS
KEYS = ("int", "uint", "string", "bool")
PLACE = re.compile(r"\$(\d)")
TOKEN = re.compile(r"\w+|\s+|.", re.DOTALL)
BOUND = re.compile(r"(?<=\()[wx]\d?(?=,)")
NUMBER = re.compile(r"-?[\d.][\w.+-]*$")


class Node:
    """A template with its operands; `$0` stands for the first. A leaf has none, and its type is its shape."""

    __slots__ = ("template", "operands", "type", "text")

    def __init__(self, template, operands=(), type=None):
        self.template = template
        self.operands = tuple(operands)
        self.type = type
        texts = [operand.text for operand in self.operands]

        def written(match):
            text = texts[int(match.group(1))]
            # `1.size()` would be read as a number.
            is_receiver = template[match.end() : match.end() + 1] in (".", "[")
            return f"({text})" if is_receiver and NUMBER.match(text) else text

        self.text = PLACE.sub(written, template) if self.operands else template

    def shape(self):
        """The text with the head of its type for each leaf, and `v` for a bound name."""
        if self.type == "text":
            return self.text
        if not self.operands:
            return self.type[0] if isinstance(self.type, tuple) else self.type
        shapes = [operand.shape() for operand in self.operands]
        template = BOUND.sub("v", self.template)
        return PLACE.sub(lambda match: shapes[int(match.group(1))], template)

    def replacing(self, path, node):
        if not path:
            return node
        operands = list(self.operands)
        operands[path[0]] = operands[path[0]].replacing(path[1:], node)
        return Node(self.template, operands, self.type)

    def places(self, path=()):
        yield path, self
        for index, operand in enumerate(self.operands):
            yield from operand.places((*path, index))


LITERALS = {
    "int": """0 1 2 3 -1 5 7 10 63 64 100 -9223372036854775808 9223372036854775807 0x7F -0x80 2147483648 -2147483649
        9007199254740993 1000000007 253402300800 -62135596801 86400""".split(),
    "uint": "0u 1u 2u 7U 63u 64u 0xFFu 9223372036854775808u 18446744073709551615u 4294967296u".split(),
    "double": """0.0 -0.0 1.0 0.5 1.5 -1.5 2.5 3.5 .5 1e3 1E-3 0.1 1e100 5e-324 1.7976931348623157e308
        9007199254740993.0 9223372036854775807.0 -9223372036854775808.0 18446744073709551615.0 123456789.125
        1e15 1e16 1e17 1e20 1e21 0.0001 0.00001 (0.0/0.0) (1.0/0.0) (-1.0/0.0)""".split(),
    "string": [
        "'a'", "''", '"abc"', "'abcabc'", "'\u00e9'", "'e\u0301'", "'\U0001f600'", r"'\U0001F600\u00e9'", r"'a\nb\t\\'",
        '"it\'s"', r"r'\d+\s'", "'''tri'ple'''", '"""a"b"""', r"'\x41\101'", "' \\t trim\u00a0 '", "'ABC\u00df'", "'a,b,,c'",
        r"'\000'", r"'\u200B'",
    ],
    "bytes": ["b''", "b'a'", "b'abc'", "b'\u00e9'", r"b'\xff\x00'", r"b'\377'", "br'\\n'", "b'\U0001f600'", 'b"""x"y"""'],
    "bool": ["true", "false"],
    "null_type": ["null"],
    "timestamp": [
        f"timestamp('{text}')" for text in (
            "1970-01-01T00:00:00Z", "2024-02-29T23:59:59.999999999Z", "0001-01-01T00:00:00Z", "9999-12-31T23:59:59Z",
            "2023-12-31T00:00:00.5Z", "1969-12-31T23:59:59.999Z", "2000-03-01T12:00:00-08:00", "1600-02-29T06:07:08Z")
    ],
    "duration": [
        f"duration('{text}')" for text in (
            "0s", "1s", "-1s", "1.5s", "1h30m", "100ms", "-0.000000001s", "999999999ns", "9223372036.854775807s", "24h",
            "-9223372036.854775808s", "3723.004s", "1us")
    ],
}  # fmt: skip
# What is written in a string for another type to read.
WRITTEN = {
    "number": """1 -1 +1 0 -0 007 0x1F 1.5 -2.25 1e3 1E-3 .5 5. NaN nan Infinity -inf 1_0 9223372036854775807 9223372036854775808
        -9223372036854775808 18446744073709551615 18446744073709551616 1u 12345678901234567890.5 1e400 1e-400""".split() + [" 1", "1 ", ""],
    "truth": "true false True TRUE t T 1 0 f F False FALSE tRue yes on".split() + [""],
    "instant": """2023-02-28T12:30:45Z 2023-02-29T00:00:00Z 2024-02-29T00:00:00.5Z 0001-01-01T00:00:00Z 1969-07-20T20:17:40.000001Z
        9999-12-31T23:59:59.999999999Z 2023-01-01T00:00:00+05:30 2023-01-01T00:00:00-00:00 0001-01-01T00:00:00+01:00
        9999-12-31T23:59:59-00:01 10000-01-01T00:00:00Z 2023-01-01 2023-01-01T00:00Z 2023-13-01T00:00:00Z 2023-01-01T24:00:00Z
        2023-01-01T00:60:00Z 2023-01-01T00:00:00 2023-01-01t00:00:00z 2023-1-1T0:0:0Z 2023-01-01T00:00:00.Z""".split(),
    "length": """0s 1s -1s +1s 1.5s .5s 1.s 1h 1h30m 1h30m15.25s 90m 100ms 2us 3ns -2ms 1m1h 1d 9223372036.854775807s 9223372036.854775808s
        -9223372036.854775808s 2562047h 2562048h 1.0000000001s 0 1 s 1h-30m 1e3s""".split() + ["", " 1s"],
}  # fmt: skip
ZONES = ["'UTC'", "'+05:30'", "'-08:00'", "'02:00'", "'-00:30'"]
NAMED_ZONES = ["'Europe/London'", "'America/New_York'", "'Asia/Kathmandu'", "'Nowhere/Else'"]
PATTERNS = ["'a'", "'^a.c$'", "'[a-z]+'", "'(a|b)*c'", r"r'\d+'", r"r'^\w+\s\w+$'", "'a{2,3}'", "'(?i)ABC'", "'['", r"r'\pL'"]
FORMATS = ["'%d'", "'%s'", "'%.2f'", "'%e'", "'%x'", "'%X'", "'%o'", "'%b'", "'%%'", "'%.0f'", "'%s %s'", "'%q'", "'%.3e'"]
ACCESSORS = "getFullYear getMonth getDayOfYear getDate getDayOfMonth getDayOfWeek getHours getMinutes getSeconds getMilliseconds".split()

A, K = "A", "K"


def listed(type):
    return ("list", type)


def optional(type):
    return ("optional", type)


def grammar():
    """Rows of (result, operands, template, feature, weight). An operand in quotes is one of the literals it names."""
    rows = []

    def add(result, operands, *templates, feature="core", weight=1):
        rows.extend((result, operands, template, feature, weight) for template in templates)

    for number in ("int", "uint", "double"):
        add(number, [number, number], "($0 + $1)", "($0 - $1)", "($0 * $1)", "($0 / $1)")
        if number != "double":
            add(number, [number, number], "($0 % $1)")
        if number != "uint":
            add(number, [number], "(-$0)")
    for type in ("string", "bytes"):
        add(type, [type, type], "($0 + $1)")
    add(listed(A), [listed(A), listed(A)], "($0 + $1)")
    add("timestamp", ["timestamp", "duration"], "($0 + $1)", "($0 - $1)")
    add("timestamp", ["duration", "timestamp"], "($0 + $1)")
    add("duration", ["duration", "duration"], "($0 + $1)", "($0 - $1)")
    add("duration", ["timestamp", "timestamp"], "($0 - $1)")

    for type in ORDERED:
        add("bool", [type, type], "($0 < $1)", "($0 <= $1)", "($0 > $1)", "($0 >= $1)", weight=0.3)
    add("bool", ["dyn", "dyn"], "($0 < $1)", "($0 <= $1)", "($0 > $1)", "($0 >= $1)", "($0 == $1)", "($0 != $1)")
    add("bool", [A, A], "($0 == $1)", "($0 != $1)", weight=2)
    add("bool", ["dyn", A], "($0 == $1)", "($1 != $0)")
    add("bool", ["bool", "bool"], "($0 && $1)", "($0 || $1)", weight=2)
    add("bool", ["dyn", "bool"], "($0 && $1)", "($1 || $0)")
    add("bool", ["bool"], "(!$0)")
    add("bool", [A, listed(A)], "($0 in $1)")
    add("bool", [K, ("map", K, A)], "($0 in $1)")
    add("bool", ["dyn", "dyn"], "($0 in $1)", weight=0.5)
    add(A, ["bool", A, A], "($0 ? $1 : $2)", weight=2)
    add("dyn", [A], "dyn($0)", weight=3)
    add("dyn", ["bool", "dyn", A], "($0 ? $1 : $2)")

    add("int", ["string"], "size($0)", "$0.size()")
    add("int", ["bytes"], "size($0)", "$0.size()", weight=0.5)
    add("int", [listed(A)], "size($0)", "$0.size()", weight=0.5)
    add("int", [("map", K, A)], "size($0)", "$0.size()", weight=0.5)
    for source in ("int", "uint", "double", "'number'", "timestamp", "dyn"):
        add("int", [source], "int($0)")
    for source in ("int", "uint", "double", "'number'", "dyn"):
        add("uint", [source], "uint($0)")
        add("double", [source], "double($0)")
    for target in ("int", "uint", "double", "bool", "timestamp", "duration"):
        add(target, ["string"], f"{target}($0)", weight=0.1)
    for source in (*SCALARS, "dyn"):
        add("string", [source], "string($0)")
    for source in ("string", "bytes", "dyn"):
        add("bytes", [source], "bytes($0)", weight=0.5)
    for source in ("'truth'", "bool", "dyn"):
        add("bool", [source], "bool($0)", weight=0.3)
    for source in ("'instant'", "int", "timestamp"):
        add("timestamp", [source], "timestamp($0)")
    add("duration", ["'length'"], "duration($0)", weight=2)
    add("duration", ["duration"], "duration($0)", weight=0.2)
    add("type", [A], "type($0)", weight=2)
    for name in ("int", "uint", "double", "string", "bytes", "bool", "list", "map", "null_type", "type"):
        add("type", [], name, weight=0.2)
    add("bool", ["type", "type"], "($0 == $1)")

    for accessor in ACCESSORS:
        add("int", ["timestamp"], f"$0.{accessor}()", weight=0.3)
        add("int", ["timestamp", "'zone'"], f"$0.{accessor}($1)", weight=0.3)
        add("int", ["timestamp", "'named zone'"], f"$0.{accessor}($1)", feature="named zones", weight=0.1)
    for accessor in ("getHours", "getMinutes", "getSeconds", "getMilliseconds"):
        add("int", ["duration"], f"$0.{accessor}()", weight=0.5)

    add("bool", ["string", "string"], "$0.contains($1)", "$0.startsWith($1)", "$0.endsWith($1)")
    add("bool", ["string", "'pattern'"], "$0.matches($1)", "matches($0, $1)", feature="matches")

    # Macros over lists and the keys of maps; `?` in a name stands for a fresh variable, see `bound`.
    for macro in ("all", "exists", "exists_one"):
        add("bool", [listed(A), ("bound", A, "bool")], f"$0.{macro}(?, $1)")
        add("bool", [("map", K, A), ("bound", K, "bool")], f"$0.{macro}(?, $1)", weight=0.5)
        add("bool", ["dyn", ("bound", "dyn", "bool")], f"$0.{macro}(?, $1)", weight=0.3)
    add(listed(A), [listed(A), ("bound", A, "bool")], "$0.filter(?, $1)", weight=2)
    add(listed(A), [listed(K), ("bound", K, A)], "$0.map(?, $1)", weight=2)
    add(listed(A), [listed(K), ("bound", K, "bool"), ("bound", K, A)], "$0.map(?, $1, $2)")
    add(listed(K), [("map", K, A), ("bound", K, "bool")], "$0.filter(?, $1)")
    add(listed(A), [("map", K, "int"), ("bound", K, A)], "$0.map(?, $1)")
    add(A, [K, ("bound", K, A)], "cel.bind(?, $0, $1)", feature="bind")
    add("bool", [("map", "string", A)], "has($0.a)", "has($0.zz)")
    add("bool", ["dyn"], "has($0.a)", "has($0.a.b)", weight=0.5)

    add(A, [listed(A), "int"], "$0[$1]", weight=2)
    add(A, [("map", K, A), K], "$0[$1]", weight=2)
    add(A, [("map", "string", A)], "$0.a")
    add("dyn", ["dyn", "dyn"], "$0[$1]")
    add("dyn", ["dyn"], "$0.a", "$0.b")
    add(listed(A), [], "[]", weight=0.3)
    add(listed(A), [A], "[$0]")
    add(listed(A), [A, A], "[$0, $1]", "[$0, $1,]", weight=2)
    add(listed(A), [A, A, A], "[$0, $1, $2]")
    add(listed("dyn"), [A, K], "[$0, $1]")
    add(("map", K, A), [], "{}", weight=0.3)
    add(("map", K, A), [K, A], "{$0: $1}", weight=2)
    add(("map", K, A), [K, A, K, A], "{$0: $1, $2: $3}", weight=2)
    add(("map", "string", A), [A], "{'a': $0}", weight=2)
    add(("map", "dyn", "dyn"), [K, A, "uint", A], "{$0: $1, $2: $3}", weight=0.5)

    def optionals(result, operands, *templates, weight=1):
        add(result, operands, *templates, feature="optionals", weight=weight)

    optionals(optional(A), [A], "optional.of($0)", "optional.ofNonZeroValue($0)", weight=2)
    optionals(optional(A), [], "optional.none()")
    optionals("bool", [optional(A)], "$0.hasValue()", weight=1.5)
    optionals(A, [optional(A)], "$0.value()")
    optionals(A, [optional(A), A], "$0.orValue($1)")
    optionals(optional(A), [optional(A), optional(A)], "$0.or($1)")
    optionals(optional(A), [optional(K), ("bound", K, A)], "$0.optMap(?, $1)")
    optionals(optional(A), [optional(K), ("bound", K, optional(A))], "$0.optFlatMap(?, $1)")
    optionals(optional(A), [("map", "string", A)], "$0.?a", "$0.?zz", "$0[?'a']")
    optionals(optional(A), [("map", K, A), K], "$0[?$1]")
    optionals(optional(A), [listed(A), "int"], "$0[?$1]")
    optionals(optional("dyn"), ["dyn"], "$0.?a", "$0.?a.b", "$0.?a[0]", weight=0.5)
    optionals(listed(A), [optional(A), A], "[?$0, $1]")
    optionals(("map", "string", A), [optional(A)], "{?'a': $0}")
    optionals("bool", [optional(("map", "string", A))], "has($0.a)", weight=0.3)

    def texts(result, operands, *templates, feature="strings"):
        add(result, operands, *templates, feature=feature, weight=0.7)

    texts("string", ["string", "int"], "$0.charAt($1)", "$0.substring($1)")
    texts("string", ["string", "int", "int"], "$0.substring($1, $2)")
    texts("int", ["string", "string"], "$0.indexOf($1)", "$0.lastIndexOf($1)")
    texts("int", ["string", "string", "int"], "$0.indexOf($1, $2)", "$0.lastIndexOf($1, $2)")
    texts("string", ["string"], "$0.lowerAscii()", "$0.upperAscii()", "$0.trim()", "$0.reverse()")
    texts("string", ["string", "string", "string"], "$0.replace($1, $2)")
    texts("string", ["string", "string", "string", "int"], "$0.replace($1, $2, $3)")
    texts(listed("string"), ["string", "string"], "$0.split($1)")
    texts(listed("string"), ["string", "string", "int"], "$0.split($1, $2)")
    texts("string", [listed("string")], "$0.join()")
    texts("string", [listed("string"), "string"], "$0.join($1)")
    texts("string", ["string"], "strings.quote($0)", feature="quote")
    texts("string", ["'format'", listed("dyn")], "$0.format($1)", feature="format")
    for type in SCALARS:
        texts("string", ["'format'", type], "$0.format([$1])", feature="format")

    for number in ("int", "uint", "double"):
        texts(number, [number, number], "math.greatest($0, $1)", "math.least($0, $1)", feature="math")
        texts(number, [listed(number)], "math.greatest($0)", "math.least($0)", feature="math")
        texts(number, [number], "math.abs($0)", "math.sign($0)", feature="math")
        texts("double", [number], "math.sqrt($0)", feature="math.sqrt")
    texts("double", ["double"], "math.ceil($0)", "math.floor($0)", "math.round($0)", "math.trunc($0)", feature="math")
    texts("bool", ["double"], "math.isNaN($0)", "math.isInf($0)", "math.isFinite($0)", feature="math")
    for number in ("int", "uint"):
        texts(number, [number, number], "math.bitAnd($0, $1)", "math.bitOr($0, $1)", "math.bitXor($0, $1)", feature="math")
        texts(number, [number], "math.bitNot($0)", feature="math")
        texts(number, [number, "int"], "math.bitShiftLeft($0, $1)", "math.bitShiftRight($0, $1)", feature="math")
    texts("string", ["bytes"], "base64.encode($0)", feature="base64")
    texts("bytes", ["string"], "base64.decode($0)", feature="base64")
    return rows


# An expression that only an engine with the feature checks.
PROBES = {
    "bind": "cel.bind(v, 1, v)", "optionals": "optional.of(1).hasValue()", "strings": "'a'.charAt(0)",
    "quote": "strings.quote('a')", "format": "'%d'.format([1])", "math": "math.greatest(1, 2) + math.bitNot(1)",
    "math.sqrt": "math.sqrt(4)", "base64": "base64.encode(b'a')", "matches": "'a'.matches('a')",
    "named zones": "timestamp(0).getHours('Europe/London') == 1",
}  # fmt: skip


SLIPS = [
    "-", "!", "!!", "--", ".", ",", "?", ":", "(", ")", "[", "]", "{", "}", "&&", "||", "in ", "as ", "null", "==", "<", "//", "\n", "\t",
    "\f", "\r", "0x", "1e", "u", "'", '"', "\\", "b", "r", "`a`", "@", "#", "$", "&", "|", "=", "\u00e9", "\U0001f600", "1.", ".5", "09",
    "for", "package", "true", ".?", "[?", "%", "*", "true ? 1 : ", " ",
]  # fmt: skip


class Generator:
    def __init__(self, random, features):
        self.random = random
        self.rows = [row for row in grammar() if row[3] == "core" or row[3] in features]
        self.variables = {}
        for name, entry in VARIABLES.items():
            self.variables.setdefault(self.internal(entry[0]), []).append(name)
        self.by_head = {}
        for row in self.rows:
            head = row[0][0] if isinstance(row[0], tuple) else row[0]
            self.by_head.setdefault(head, []).append(row)

    @classmethod
    def internal(cls, written):
        if isinstance(written, str):
            return written
        if "list" in written:
            return listed(cls.internal(written["list"]))
        return ("map", *(cls.internal(part) for part in written["map"]))

    def expression(self):
        node = self.tree()
        if self.random.random() < 0.06:
            return Node(self.slip(node.text), (), "text")
        return node

    def slip(self, text):
        """The text with a slip of the pen, mostly no expression any more."""
        tokens = TOKEN.findall(text)
        place = self.random.randrange(len(tokens))
        pick = self.random.random()
        if pick < 0.35:
            del tokens[place]
        elif pick < 0.55:
            tokens.insert(place, tokens[place])
        elif pick < 0.7:
            other = self.random.randrange(len(tokens))
            tokens[place], tokens[other] = tokens[other], tokens[place]
        else:
            tokens.insert(place, self.random.choice(SLIPS))
        return "".join(tokens) or "("

    def tree(self):
        # Deeper expressions fail more often as a whole, and then say little: most are shallow.
        depth = self.random.choices((1, 2, 3, 4), (3, 5, 4, 1))[0]
        return self.node(self.type(2), depth, [])

    def type(self, depth):
        pick = self.random.random()
        if depth == 0 or pick < 0.7:
            return self.random.choice((*SCALARS, "bool", "bool", "int", "dyn", "null_type", "type"))
        if pick < 0.82:
            return listed(self.type(depth - 1))
        if pick < 0.92:
            return ("map", self.random.choice(KEYS), self.type(depth - 1))
        return optional(self.type(depth - 1))

    def node(self, type, depth, scope):
        random = self.random
        if random.random() < 0.015:
            type = self.type(1)
        if depth <= 0 or random.random() < 0.12:
            leaf = self.leaf(type, scope)
            if leaf:
                return leaf
        choices = []
        for row in self.by_head.get(type[0] if isinstance(type, tuple) else type, []) + self.by_head[A]:
            binding = {}
            # Near the ground only what needs no further depth, or nothing would end.
            if self.match(row[0], type, binding) and (depth > 0 or len(row[1]) <= 1):
                choices.append((row, binding))
        row, binding = random.choices(choices, [choice[0][4] for choice in choices])[0]
        if depth <= -3:
            return Node(self.ground(type), (), type)
        for name, kinds in ((A, None), (K, KEYS)):
            if name not in binding:
                binding[name] = random.choice(kinds) if kinds else self.type(1 if depth > 1 else 0)
        template = row[2]
        if "?" in template and any(isinstance(part, tuple) and part[0] == "bound" for part in row[1]):
            fresh = string.ascii_lowercase[22 + random.randrange(2)] + (str(len(scope)) if random.random() < 0.8 else "")
            template = template.replace("(?,", f"({fresh},")
        else:
            fresh = None
        if template.startswith("(") and random.random() < 0.06:
            template = template[1:-1]  # Whether both read it alike is part of the question.
        operands = []
        for part in row[1]:
            inner = scope
            if isinstance(part, tuple) and part[0] == "bound":
                inner = [*scope, (fresh, self.resolve(part[1], binding))]
                part = part[2]
            if isinstance(part, str) and part.startswith("'"):
                operands.append(self.special(part))
            else:
                operands.append(self.node(self.resolve(part, binding), depth - 1, inner))
        return Node(template, operands, type)

    def special(self, part):
        name = part.strip("'")
        if name in WRITTEN:
            # The plain ones stand first.
            end = 8 if self.random.random() < 0.5 else None
            text = f"'{self.random.choice(WRITTEN[name][:end])}'"
            # A literal may be read by the checker already; a sum is not.
            return Node(text if self.random.random() < 0.6 else f"({text} + '')", (), name)
        texts = {"'zone'": ZONES, "'named zone'": NAMED_ZONES, "'pattern'": PATTERNS, "'format'": FORMATS}[part]
        return Node(self.random.choice(texts), (), name)

    def leaf(self, type, scope):
        names = [name for name, known in scope if known == type]
        if names and self.random.random() < 0.7:
            return Node(self.random.choice(names), (), type)
        if type in self.variables and (type not in LITERALS or self.random.random() < 0.3):
            return Node(self.random.choice(self.variables[type]), (), type)
        if type in LITERALS:
            # Where all operands are at the edge, hardly anything but errors comes of it.
            end = 5 if self.random.random() < 0.5 else None
            return Node(self.random.choice(LITERALS[type][:end]), (), type)
        return None

    def ground(self, type):
        """The least expression of a type."""
        head = type[0] if isinstance(type, tuple) else type
        return {
            "list": "[]", "map": "{}", "optional": "optional.none()", "type": "int", "dyn": "dyn(1)",
        }.get(head) or LITERALS[head][0]  # fmt: skip

    def match(self, pattern, type, binding):
        if pattern in (A, K):
            if pattern == K and type not in KEYS:
                return False
            return binding.setdefault(pattern, type) == type
        if isinstance(pattern, tuple):
            return (
                isinstance(type, tuple) and pattern[0] == type[0] and len(pattern) == len(type)
                and all(self.match(part, known, binding) for part, known in zip(pattern[1:], type[1:]))
            )  # fmt: skip
        return pattern == type

    def resolve(self, pattern, binding):
        if pattern in (A, K):
            return binding[pattern]
        if isinstance(pattern, tuple):
            return (pattern[0], *(self.resolve(part, binding) for part in pattern[1:]))
        return pattern
