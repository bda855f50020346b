"""Measures one expression a line in another implementation, and answers one line of JSON each, like cel-bench.

`evaluate` is a call of the prepared program through the Python binding with variables that were handed over before;
`floor` is the same call of the expression `true` with the same variables, so that the difference is the engine's.
`prepare` is what the binding does to compile; `first` is that and the first evaluation, as some plan only then.
"""

import datetime
import json
import sys
import time

BATCH = 0.003
BATCHES = 5


def nanoseconds(operation):
    """The best of several batches: nanoseconds for one operation."""
    repetitions, batches, best = 1, 0, float("inf")
    clock = time.perf_counter
    while batches < BATCHES:
        count = range(repetitions)
        started = clock()
        for _ in count:
            operation()
        elapsed = clock() - started
        if elapsed < BATCH and batches == 0:
            repetitions *= 2
            continue
        best = min(best, elapsed / repetitions)
        batches += 1
    return round(best * 1e9, 1)


def plain(value):
    """A Python value of one in the notation."""
    ((tag, inner),) = value.items()
    if tag == "list":
        return [plain(item) for item in inner]
    if tag == "map":
        return {plain(key): plain(item) for key, item in inner}
    if tag == "timestamp":
        return datetime.datetime.fromisoformat(inner)
    return {"int": int, "double": float}.get(tag, lambda same: same)(inner)


def type_of(value):
    """The static type of a variable, in the notation; lists and maps hold one type."""
    ((tag, inner),) = value.items()
    if tag == "list":
        return {"list": type_of(inner[0])}
    if tag == "map":
        return {"map": [type_of(inner[0][0]), type_of(inner[0][1])]}
    return tag


class CelCpp:
    """cel-cpp with its type checker: an environment, a compiled expression, an activation."""

    def __init__(self):
        from cel_expr_python import cel
        from cel_expr_python.ext import ext_bindings, ext_math, ext_optional, ext_strings

        self.cel = cel
        self.extensions = [
            ext_bindings.ExtBindings(), ext_math.ExtMath(), ext_optional.ExtOptional(), ext_strings.ExtStrings(),
        ]  # fmt: skip

    def type(self, written):
        if isinstance(written, str):
            return getattr(self.cel.Type, written.upper())
        if "list" in written:
            return self.cel.Type.List(self.type(written["list"]))
        return self.cel.Type.Map(*(self.type(part) for part in written["map"]))

    def bind(self, bindings):
        variables = {name: self.type(type_of(value)) for name, value in bindings.items()}
        self.environment = self.cel.NewEnv(variables=variables, extensions=self.extensions)
        self.activation = self.environment.Activation({name: plain(value) for name, value in bindings.items()})

    def prepare(self, expression):
        return self.environment.compile(expression)

    def evaluation(self, program):
        evaluate, activation = program.eval, self.activation
        return lambda: evaluate(activation)

    def value(self, result):
        if result.type().name() == "ERROR":
            raise RuntimeError(result.value())
        return result.value()


class CelRust:
    """cel-rust, which has no type checker: a program and a context."""

    def __init__(self):
        import cel

        self.cel = cel

    def bind(self, bindings):
        self.context = self.cel.Context({name: plain(value) for name, value in bindings.items()})

    def prepare(self, expression):
        return self.cel.compile(expression)

    def evaluation(self, program):
        execute, context = program.execute, self.context
        return lambda: execute(context)

    def value(self, result):
        return result


class CelPython:
    """cel-python, written in Python, without a type checker: its runner that turns an expression into Python code."""

    def __init__(self):
        import celpy

        self.celpy = celpy
        self.environment = celpy.Environment(runner_class=celpy.CompiledRunner)

    def bind(self, bindings):
        self.context = {name: self.celpy.json_to_cel(plain(value)) for name, value in bindings.items()}
        for name, value in bindings.items():
            if "timestamp" in value:
                self.context[name] = self.celpy.celtypes.TimestampType(value["timestamp"])

    def prepare(self, expression):
        return self.environment.program(self.environment.compile(expression))

    def evaluation(self, program):
        evaluate, context = program.evaluate, self.context
        return lambda: evaluate(context)

    def value(self, result):
        types = self.celpy.celtypes
        if isinstance(result, types.BoolType):
            return bool(result)
        return str(result) if isinstance(result, types.StringType) else int(result)


ENGINES = {"cel-cpp": CelCpp, "cel-rust": CelRust, "cel-python": CelPython}


def measure(engine, request):
    engine.bind(request["bindings"])
    expression = request["expr"]
    program = engine.prepare(expression)
    evaluation = engine.evaluation(program)
    value = engine.value(evaluation())
    expected = plain(request["expect"])
    if type(value) is not type(expected) or value != expected:
        return {"wrong": repr(value)}
    return {
        "evaluate": nanoseconds(evaluation),
        "floor": nanoseconds(engine.evaluation(engine.prepare("true"))),
        "prepare": nanoseconds(lambda: engine.prepare(expression)),
        "first": nanoseconds(lambda: engine.evaluation(engine.prepare(expression))()),
        "value": request["expect"],
    }


def main():
    engine = ENGINES[sys.argv[1]]()
    for line in sys.stdin:
        request = json.loads(line)
        try:
            answer = measure(engine, request)
        except Exception as error:  # Whatever it cannot do is told instead of a number.
            answer = {"failure": f"{type(error).__name__}: {error}"}
        print(json.dumps({"name": request["name"], **answer}), flush=True)


if __name__ == "__main__":
    main()
