"""The two engines, each a function from expressions to outcomes.

An outcome is a pair: `("value", type, value)`, `("error", type, text)` or `("check", None, text)`.
"""

import datetime
import json
import subprocess
import threading

import values
from cel_expr_python import cel
from cel_expr_python.ext import ext_bindings, ext_encoders, ext_math, ext_optional, ext_strings

UTC = datetime.timezone.utc

# name: (type, value for cel-cpp's binding, value in the notation). The binding cuts bytes at their first zero octet.
VARIABLES = {
    "i": ("int", 5, {"int": "5"}),
    "j": ("int", -3, {"int": "-3"}),
    "u": ("uint", 7, {"uint": "7"}),
    "d": ("double", 2.5, {"double": "2.5"}),
    "s": ("string", "h\u00e9llo \U0001f600", {"string": "h\u00e9llo \U0001f600"}),
    "b": ("bytes", b"\xff\x01a", {"bytes_b64": "/wFh"}),
    "p": ("bool", True, {"bool": True}),
    "n": ("null_type", None, {"null": None}),
    "t": (
        "timestamp",
        datetime.datetime(2024, 2, 29, 23, 59, 58, 123456, UTC),
        {"timestamp": "2024-02-29T23:59:58.123456Z"},
    ),
    "dur": ("duration", datetime.timedelta(seconds=5400, microseconds=250), {"duration": "5400.00025s"}),
    "li": ({"list": "int"}, [1, 2, 3], {"list": [{"int": "1"}, {"int": "2"}, {"int": "3"}]}),
    "ls": ({"list": "string"}, ["a", "b"], {"list": [{"string": "a"}, {"string": "b"}]}),
    "m": (
        {"map": ["string", "int"]},
        {"a": 1, "b": 2},
        {"map": [[{"string": "a"}, {"int": "1"}], [{"string": "b"}, {"int": "2"}]]},
    ),
    "mi": ({"map": ["int", "string"]}, {1: "x"}, {"map": [[{"int": "1"}, {"string": "x"}]]}),
    "x": (
        "dyn",
        {"a": [1, 2.5, "s"], "b": None},
        {
            "map": [
                [{"string": "a"}, {"list": [{"int": "1"}, {"double": "2.5"}, {"string": "s"}]}],
                [{"string": "b"}, {"null": None}],
            ]
        },
    ),
    "y": ("dyn", 4, {"int": "4"}),
}

SIMPLE = {
    "int": cel.Type.INT, "uint": cel.Type.UINT, "double": cel.Type.DOUBLE, "string": cel.Type.STRING,
    "bytes": cel.Type.BYTES, "bool": cel.Type.BOOL, "null_type": cel.Type.NULL, "timestamp": cel.Type.TIMESTAMP,
    "duration": cel.Type.DURATION, "dyn": cel.Type.DYN,
}  # fmt: skip


def cpp_type(written):
    if isinstance(written, str):
        return SIMPLE[written]
    if "list" in written:
        return cel.Type.List(cpp_type(written["list"]))
    return cel.Type.Map(*(cpp_type(part) for part in written["map"]))


class CelCpp:
    name = "cel-cpp"

    def __init__(self):
        extensions = [
            ext_bindings.ExtBindings(), ext_encoders.ExtEncoders(), ext_math.ExtMath(), ext_optional.ExtOptional(),
            ext_strings.ExtStrings(),
        ]  # fmt: skip
        self.environment = cel.NewEnv(
            variables={name: cpp_type(entry[0]) for name, entry in VARIABLES.items()}, extensions=extensions
        )
        self.activation = self.environment.Activation({name: entry[1] for name, entry in VARIABLES.items()})

    def outcomes(self, expressions):
        return [self.outcome(expression) for expression in expressions]

    def outcome(self, expression):
        try:
            program = self.environment.compile(expression)
        except RuntimeError as error:
            # The planner refuses some constants after the check has passed, and says so without a place.
            text = str(error)
            for line in text.splitlines():  # Warnings may come first.
                if "ERROR: <input>" in line:
                    return ("check", None, line)
            return ("error", None, text)
        try:
            type_name = values.plain_type(program.return_type().name())
        except RuntimeError:
            type_name = None  # A map by keys that cannot be: the binding has no name for its type.
        try:
            result = program.eval(self.activation)
            kind = result.type().name()
            if kind == "NULL":
                return ("value", type_name, ("null", None))  # Its value() gives away a None that it does not own.
            try:
                if kind == "ERROR":
                    return ("error", type_name, str(result.value()))
                if kind in ("INT", "UINT", "BOOL", "STRING"):
                    return ("value", type_name, (kind.lower(), result.value()))
                if kind == "DOUBLE":
                    return ("value", type_name, values.double(result.value()))
            except TypeError:
                pass  # The binding calls an optional an error and cannot show it; nor a string that is not UTF-8.
            around = self.environment.compile(f"[{expression}\n]").eval(self.activation)
            try:
                (value,) = values.Text(str(around.value())).value()[1]
            except (ValueError, IndexError) as error:
                value = ("unreadable", str(error))
            return ("value", type_name, ("duration", 0) if kind == "DURATION" and value == ("int", 0) else value)
        except RuntimeError as error:
            return ("error", type_name, str(error))


class Ours:
    name = "ours"

    def __init__(self, executable):
        self.process = subprocess.Popen(
            [executable], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, encoding="ascii"
        )
        self.head = {
            "bindings": {name: entry[2] for name, entry in VARIABLES.items()},
            "types": {name: entry[0] for name, entry in VARIABLES.items()},
        }
        self.answers([{"expr": "true", **self.head}])

    def answers(self, requests):
        """In the order of the requests. Written by a thread of its own, so that neither side waits for ever."""

        def write():
            for request in requests:
                self.process.stdin.write(json.dumps(request) + "\n")
            self.process.stdin.flush()

        writer = threading.Thread(target=write)
        writer.start()
        answers = []
        for request in requests:
            line = self.process.stdout.readline()
            if not line:
                raise SystemExit(f"differential: cel-lines ended at or after {request['expr']!r}")
            answers.append(json.loads(line))
        writer.join()
        return answers

    def outcomes(self, expressions):
        return [self.outcome(answer) for answer in self.answers([{"expr": text} for text in expressions])]

    @staticmethod
    def outcome(answer):
        if "checkError" in answer:
            return ("check", None, answer["checkError"])
        if "requestError" in answer:
            raise SystemExit(f"differential: {answer['requestError']}")
        type_name = values.type_from_notation(answer["type"])
        if "error" in answer:
            return ("error", type_name, answer["error"])
        if "value" not in answer:
            return ("value", type_name, ("unwritable", None))
        return ("value", type_name, values.from_notation(answer["value"]))
