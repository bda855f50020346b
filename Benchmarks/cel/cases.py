"""The expressions that are timed: each with its variables, their types and the value that it must have."""

import json


def ints(count):
    return {"list": [{"int": str(number)} for number in range(count)]}


def strings(*texts):
    return {"list": [{"string": text} for text in texts]}


def case(name, expr, expect, bindings=None, types=None):
    return {"name": name, "expr": expr, "bindings": bindings or {}, "types": types or {}, "expect": expect}


TRUE = {"bool": True}
HOSTS = ", ".join(f"'host-{number}.example'" for number in range(100))
REQUEST = {
    "map": [
        [{"string": "method"}, {"string": "POST"}],
        [{"string": "path"}, {"string": "/v1/estates/south/systems"}],
        [{"string": "region"}, {"string": "eu-west-2"}],
    ]
}
LEVELS = {"map": [[{"string": f"area-{number}"}, {"int": str(number)}] for number in range(20)]}
POLICY = """request.method in ['POST', 'PUT', 'PATCH']
  && request.path.startsWith('/v1/estates/')
  && (
    'owner' in roles
    || ('editor' in roles && level >= 3)
    || roles.exists(r, r.startsWith('admin:') && r.endsWith(':south'))
  )
  && !(request.region in ['test', 'none'])
  && (level > 2 ? tags.all(t, size(t) <= 32) : size(tags) == 0)
  && expires > now"""


def cases():
    integers = {"a": {"int": "41"}, "b": {"int": "42"}}
    flags = {name: {"bool": truth} for name, truth in zip("abcde", (True, False, True, True, True))}
    url = {"s": {"string": "https://apply.service.example/forms/benefits"}}
    yield case("constants", "1 + 2 * 3 - 4 / 2", {"int": "5"})
    yield case("two variables", "a < b", TRUE, integers)
    yield case("five terms", "a && b || c && !d || e", TRUE, flags)
    yield case("string functions", "s.startsWith('https://') && s.contains('service') && s.endsWith('benefits')", TRUE, url)
    yield case("concatenation", "size('<' + s + '>') == 46", TRUE, url)
    yield case("in a list of 5", "s in ['a', 'b', 'c', 'd', 'e']", TRUE, {"s": {"string": "d"}})
    yield case("in a list of 100", f"s in [{HOSTS}]", TRUE, {"s": {"string": "host-70.example"}})
    yield case("map access", "levels['area-13'] == 13 && request.region == 'eu-west-2'", TRUE,
               {"levels": LEVELS, "request": REQUEST})  # fmt: skip
    for count in (10, 1000):
        bound = {"xs": ints(count), "limit": {"int": str(count - 1)}}
        yield case(f"all, {count}", "xs.all(x, x <= limit)", TRUE, bound)
        yield case(f"exists, {count}", "xs.exists(x, x == limit)", TRUE, bound)
        yield case(f"filter, {count}", "size(xs.filter(x, x % 2 == 0))", {"int": str(count // 2)}, bound)
        yield case(f"map, {count}", "size(xs.map(x, x * 2 + limit))", {"int": str(count)}, bound)
        literal = ", ".join(map(str, range(count)))
        yield case(f"all, literal of {count}", f"[{literal}].all(x, x <= limit)", TRUE, {"limit": bound["limit"]})
    yield case("nested, 30 by 30", "xs.all(x, ys.exists(y, y == x))", TRUE, {"xs": ints(30), "ys": ints(30)})
    yield case("ternary chain", "a > 90 ? 'A' : a > 80 ? 'B' : a > 70 ? 'C' : a > 60 ? 'D' : a > 50 ? 'E' : 'F'",
               {"string": "F"}, integers)  # fmt: skip
    yield case("regex", "s.matches('^https://[a-z.]+/forms/[a-z]+$')", TRUE, url)
    times = {"t": {"timestamp": "2026-01-01T00:00:00Z"}, "u": {"timestamp": "2026-01-03T12:00:00Z"}}
    yield case("time", "t + duration('72h') > u && u - t < duration('240h') && u.getHours() == 12", TRUE, times)
    yield case("policy of ten lines", POLICY, TRUE, {
        "request": REQUEST, "level": {"int": "4"}, "roles": strings("viewer", "admin:north", "admin:south"),
        "tags": strings("retail", "personal", "live"), "now": {"timestamp": "2026-01-01T00:00:00Z"},
        "expires": {"timestamp": "2026-06-30T00:00:00Z"},
    })  # fmt: skip


if __name__ == "__main__":
    for item in cases():
        print(json.dumps(item))
