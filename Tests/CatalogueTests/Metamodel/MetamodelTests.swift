import CEL
import Testing

@testable import Catalogue

@Suite struct MetamodelTests {
  struct Mistake: CustomTestStringConvertible, Sendable {
    var name: String
    var text: String
    var expected: String
    var hint: String?
    var testDescription: String { name }

    init(_ name: String, _ text: String, _ expected: String, hint: String? = nil) {
      (self.name, self.text, self.expected, self.hint) = (name, text, expected, hint)
    }

    /// In the fields of a kind; the line is 6, its first column 7.
    static func field(_ name: String, _ line: String, _ expected: String, hint: String? = nil) -> Mistake {
      Mistake(name, "kinds:\n  thing:\n    fields:\n      \(line)", expected, hint: hint)
    }
    static func relation(_ name: String, _ line: String, _ expected: String, hint: String? = nil) -> Mistake {
      Mistake(name, "kinds:\n  thing:\n    relations:\n      \(line)", expected, hint: hint)
    }
    static func derived(_ name: String, _ line: String, _ expected: String, hint: String? = nil) -> Mistake {
      Mistake(
        name,
        "kinds:\n  thing:\n    relations: {up: {to: thing, many: true, inverse: down}}\n    derived:\n      \(line)",
        expected, hint: hint)
    }
  }

  @Test(
    "Each mistake in a metamodel is reported once, at its place",
    arguments: [
      Mistake("unknown key", "kindz: {}", "unknown-key m.yaml:3:1 a metamodel has no `kindz`", hint: "`kinds`"),
      Mistake(
        "unknown key of a kind", "kinds: {thing: {fieldz: {}}}", "unknown-key m.yaml:3:17 a kind has no `fieldz`"),
      Mistake("kind named flow", "kinds: {flow: {}}", "wrong-value m.yaml:3:9 `flow` is not a name for a kind"),
      Mistake(
        "kind twice", "kinds: {thing: {}}\n---\nkind: metamodel\nid: n\nname: N\nkinds: {thing: {}}",
        "duplicate m.yaml:8:9 the kind thing is there already"),
      Mistake(
        "kind twice, with words of its own",
        "kinds: {thing: {plural: things}}\n---\nkind: metamodel\nid: n\nname: N\nkinds: {thing: {title: T, fields: {a: {type: text}}}}",
        "duplicate m.yaml:8:9 the kind thing is there already"),
      Mistake(
        "member added twice",
        "kinds: {thing: {plural: things, fields: {a: {type: text}}}}\n---\nkind: metamodel\nid: n\nname: N\nkinds: {thing: {fields: {a: {type: text}}}}",
        "duplicate m.yaml:8:26 `a` on thing is there already"),
      Mistake(
        "enumeration twice",
        "enums: {e: {values: [a]}}\n---\nkind: metamodel\nid: n\nname: N\nenums: {e: {values: [a]}}",
        "duplicate m.yaml:8:9 the enumeration e is there already"),
      Mistake("value twice", "enums: {e: {values: [a, a]}}", "duplicate m.yaml:3:25 the value a is there already"),
      Mistake(
        "enumeration named as a type", "enums: {text: {values: [a]}}",
        "wrong-value m.yaml:3:9 `text` is not a name for an enumeration"),
      Mistake(
        "enumeration named phase", "enums: {phase: {values: [a]}}",
        "wrong-value m.yaml:3:9 `phase` is not a name for an enumeration"),
      Mistake(
        "kind named as an enumeration", "enums: {e: {values: [a]}}\nkinds: {e: {}}",
        "wrong-value m.yaml:4:9 `e` is not a name for a kind"),
      Mistake(
        "unknown kind in a union", "unions: {u: {of: [rul]}}", "unknown-type m.yaml:3:19 there is no kind `rul`",
        hint: "did you mean `rule`?"),
      Mistake(
        "phase twice", "lifecycle: {phases: [a, a]}", "wrong-value m.yaml:3:25 `a` is not a name for a phase of its own"
      ),
      Mistake(
        "unknown live phase", "lifecycle: {phases: [a, b], live: [c]}",
        "wrong-value m.yaml:3:36 `c` is not one of the phases"),
      .field(
        "unknown type", "f: {type: strng}", "unknown-type m.yaml:6:17 there is no type `strng`",
        hint: "did you mean `string`?"),
      .field("no type", "f: {why: W}", "missing-key m.yaml:6:7 the field `f` needs `type`"),
      .field("boolean's name", "on: {type: text}", "wrong-value m.yaml:6:7 `on` cannot be a name here"),
      .field("name of every kind", "name: {type: text}", "duplicate m.yaml:6:7 `name` on thing is there already"),
      .field("bad default", "f: {type: integer, default: x}", "wrong-value m.yaml:6:35 `x` is not a whole number"),
      .field(
        "default of a list", "f: {type: integer, many: true, default: 1}",
        "wrong-value m.yaml:6:47 `1` is not allowed for a list"),
      .field(
        "default of a record", "f: {record: {a: {type: text}}, default: 1}",
        "wrong-value m.yaml:6:38 `default` is not allowed for a record"),
      .field(
        "absence of a scalar", "f: {type: integer, absent: none}", "wrong-value m.yaml:6:34 `none` is not allowed here"),
      .field(
        "role of a field", "f: {type: integer, role: criticality}",
        "wrong-value m.yaml:6:32 `criticality` is not possible for what is no ordered enumeration"),
      .field(
        "keywords of a string", "f: {type: string, role: keywords}",
        "wrong-value m.yaml:6:31 `keywords` is not possible for what is no list of strings"),
      .field(
        "an end that is a string", "f: {type: string, role: ends}",
        "wrong-value m.yaml:6:31 `ends` is not possible for what is no date"),
      .field(
        "common that is a string", "f: {type: string, role: common}",
        "wrong-value m.yaml:6:31 `common` is not possible for what is no boolean"),
      .field(
        "a saving that is a number", "f: {type: integer, role: saves}",
        "wrong-value m.yaml:6:32 `saves` is not possible for what is no text"),
      .field(
        "an exposure without an order", "f: {type: string, role: exposure}",
        "wrong-value m.yaml:6:31 `exposure` is not possible for what is no ordered enumeration"),
      .field(
        "recovery of a number", "f: {type: integer, role: recovery}",
        "wrong-value m.yaml:6:32 `recovery` is not possible for what is no duration"),
      .field(
        "style of a text", "f: {type: text, role: style}",
        "wrong-value m.yaml:6:29 `style` is not possible for what is no enumeration"),
      .field(
        "common of a text", "f: {type: text, role: common}",
        "wrong-value m.yaml:6:29 `common` is not possible for what is no boolean"),
      .field(
        "maturity of a number", "f: {type: integer, role: maturity}",
        "wrong-value m.yaml:6:32 `maturity` is not possible for what is no ordered enumeration"),
      .field(
        "role of a record", "f: {record: {a: {type: text}}, role: criticality}",
        "wrong-value m.yaml:6:38 `role` is not allowed for a record"),
      .field("structure", "f: {type: structure}", "unknown-type m.yaml:6:17 there is no type `structure`"),
      .relation(
        "unknown kind", "r: {to: thng}", "unknown-type m.yaml:6:15 there is no kind `thng`",
        hint: "did you mean `thing`?"),
      .relation("no target", "r: {many: true}", "missing-key m.yaml:6:7 the relation `r` needs `to`"),
      .relation("unknown role", "r: {to: thing, role: ownr}", "unknown-type m.yaml:6:28 there is no role `ownr`"),
      .relation("absence", "r: {to: thing, absent: empty}", "wrong-value m.yaml:6:30 `empty` is not none"),
      .relation("inverse's name", "r: {to: thing, inverse: no}", "wrong-value m.yaml:6:31 `no` cannot be a name here"),
      .relation(
        "inverse meets a member", "r: {to: thing, inverse: name}",
        "duplicate m.yaml:6:7 the inverse `name` of `r` meets a member of that name on thing"),
      .relation(
        "two inverses meet", "{r: {to: thing, inverse: x}, s: {to: thing, inverse: x}}",
        "duplicate m.yaml:6:36 two inverses meet under `x` on thing: of `r` and of `s`"),
      Mistake(
        "part's unknown kind", "kinds: {thing: {parts: {ps: {kind: prt, inverse: of}}}}",
        "unknown-type m.yaml:3:36 there is no kind `prt`"),
      Mistake(
        "part's unknown key", "kinds: {thing: {parts: {ps: {kind: bit, key: too, inverse: whole}}}, bit: {}}",
        "unknown-type m.yaml:3:25 `too` is to stand for the id of a bit, which has no such member"),
      Mistake(
        "follows what is no relation", "kinds: {thing: {lifecycle: {follows: [name]}}}",
        "unknown-type m.yaml:3:9 the lifecycle of thing follows `name`, which is no relation of it"),
      Mistake(
        "follows itself", "kinds: {thing: {lifecycle: {follows: [up]}, relations: {up: {to: thing}}}}",
        "cyclic-lifecycle m.yaml:3:9 the lifecycle of thing follows itself"),
      .derived("no expression", "d: {type: boolean}", "missing-key m.yaml:7:7 the derived field `d` needs `is`"),
      .derived(
        "unknown field", "d: {type: boolean, is: self.uup.size() > 0}",
        "unknown-field m.yaml:7:35 thing has no field `uup`"),
      .derived(
        "circle", "d: {to: thing, is: 'self.up.map(u, u.d).flatten()'}",
        "cyclic-derivation m.yaml:7:26 d use one another in a circle", hint: "recursive: true"),
      .derived(
        "not monotone", "d: {type: boolean, recursive: true, is: '!self.up.exists(u, u.d)'}",
        "not-monotone m.yaml:7:48 `d` may be used only where more of it never means less of the result"),
      .derived(
        "not monotone through a variable",
        "d: {to: thing, recursive: true, is: 'cel.bind(v, self.up.map(u, u.d).flatten(), v.size() == 0 ? [self] : v)'}",
        "not-monotone m.yaml:7:87 `d` may be used only where more of it never means less of the result"),
      .derived(
        "its own inverse", "d: {to: thing, recursive: true, inverse: i, is: self.up + self.i}",
        "cyclic-derivation m.yaml:7:55 `d` uses `i`, which is its own inverse or another's in its circle"),
      .derived(
        "recursive text", "d: {type: string, recursive: true, is: self.name}",
        "cyclic-derivation m.yaml:7:46 what is recursive is a relation to several or a boolean, or else a number or a duration; the two do not mix, and `d` is none of them or meets another"
      ),
      .derived(
        "role of a number", "d: {type: integer, role: failsWith, is: '1'}",
        "wrong-value m.yaml:7:32 `failsWith` is not possible for what is no relation"),
      .derived(
        "inverse of a number", "d: {type: integer, inverse: i, is: '1'}",
        "wrong-value m.yaml:7:35 `i` is not possible for what is no relation"),
    ])
  func reportsMistake(_ input: Mistake) async throws {
    let text = "kind: metamodel\nid: m\n\(input.text)\n"
    let loaded = try await TestEstate(["m.yaml": text], metamodel: nil)
    #expect(loaded.problems == [input.expected])
    if let hint = input.hint {
      let hints = loaded.diagnostics.flatMap { $0.notes + $0.fixes.map(\.summary) }
      #expect(hints.contains { $0.contains(hint) }, "\(hints)")
    }
  }

  @Test func `Two recursive fields that use each other are checked together`() async throws {
    let loaded = try await TestEstate(
      "kind: metamodel\nid: m\nkinds:\n  thing:\n    derived:\n      a: {type: boolean, recursive: true, is: '!self.b'}\n      b: {type: boolean, recursive: true, is: self.a}\n",
      metamodel: nil)
    #expect(
      loaded.problems == [
        "not-monotone a.yaml:6:48 `a`, `b` may be used only where more of it never means less of the result"
      ])
  }

  @Test func `A recursive field that walks a closure sees what it became in each round`() async throws {
    let things = (0..<4).map {
      "kind: thing\nid: s\($0)\nname: S\nopen: \($0 == 3)\n\($0 < 3 ? "next: [s\($0 + 1)]\n" : "")"
    }
    let loaded = try await TestEstate(
      """
      kind: metamodel
      id: m
      kinds:
        thing:
          fields: {open: {type: boolean}}
          relations: {next: {to: thing, many: true}}
          derived:
            exposed: {type: boolean, recursive: true, is: "self.open || self.closure(x, x.next).exists(y, y.exposed)"}
            twice: {type: boolean, recursive: true, is: "self.open || every(thing).filter(t, t.twice).exists(t, t in self.next)"}
      ---
      \(things.joined(separator: "---\n"))
      """, metamodel: nil)
    #expect(loaded.problems == [])
    for id in 0..<4 {
      #expect(try loaded.read("thing:s\(id)", "exposed") == "true", "\(id)")
      #expect(try loaded.read("thing:s\(id)", "twice") == "true", "\(id)")
    }
  }

  @Test func `An authority may add to a built-in kind, and take nothing away`() async throws {
    let added = try await TestEstate(
      "kind: metamodel\nid: m\nname: M\nkinds:\n  initiative:\n    fields: {board: {type: string}}\n---\nkind: initiative\nid: i\nname: I\nstage: idea\nboard: Digital\n",
      metamodel: nil)
    #expect(added.problems.isEmpty)
    #expect(try added.read("initiative:i", "board") == "'Digital'")
    let changed = try await TestEstate(
      "kind: metamodel\nid: m\nname: M\nkinds:\n  initiative:\n    fields: {stage: {type: string}}\n", metamodel: nil)
    #expect(changed.problems == ["duplicate a.yaml:6:14 `stage` on initiative is there already"])
  }

  @Test func `Documents of the vocabulary merge in any order`() async throws {
    let parts = [
      "kind: metamodel\nid: a\nname: A\nkinds: {thing: {relations: {of: {to: other}}, fields: {e: {type: e}}}}\n",
      "kind: metamodel\nid: b\nname: B\nkinds: {other: {}}\nenums: {e: {values: [x]}}\n",
    ]
    for (first, second) in [(0, 1), (1, 0)] {
      let loaded = try await TestEstate(["1.yaml": parts[first], "2.yaml": parts[second]], metamodel: nil)
      #expect(loaded.problems.isEmpty)
      #expect(loaded.estate.metamodel.kind(named: "thing")?.members["e"] != nil)
    }
  }
}
