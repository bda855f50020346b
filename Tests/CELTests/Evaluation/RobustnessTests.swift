import CEL
import Testing

@Suite struct RobustnessTests {
  static let expressions = [
    "self.classification >= other.classification", "self.holds.all(d, self.classification >= d.classification)",
    "self.uses.exists(s, s.classification == 'secret' && !s.mfa)", "every(system).filter(s, s.users > 20).size() <= 3",
    "self.closure(s, s.uses).exists(s, s == 'ledger')", "self.closure(s, s.uses, 2).pathTo('ledger').nodes.size() > 2",
    "self.closure(s, s.sends.map(f, f.destination)).pathTo(s, s.id == 'ledger').vias",
    "self.uses.groupBy(s, s.classification).map(g, {g.key: g.items.size()})",
    "self.uses.sortBy(s, -s.users).map(s, s.id).first().orValue('none')",
    "every(component).of(service).map(s, s.supportedBy).flatten().distinct()",
    "has(self.rto) ? self.rto > duration('1h') : self.?users.orValue(0) > 10",
    "self.lifecycle.active + period('1y') < date", "days(self.lifecycle.active, date) > 30",
    "plural(self.uses.size(), 'system')", "[self, other].map(s, s.holds).common().size() == 0",
    "(self.mfa ? self.uses : every(system)).all(s, s.type in ['business', 'external'])",
    "cel.bind(n, self.users * 2, n + n)", "self.uses.map(s, s.users).sum() / self.uses.size()",
    "[1, 2, 3].transformMap(i, v, v > i, v * i)", "{'a': 1, 'b': 2}.transformList(k, v, k + string(v))",
    "{self.classification: 1, 'secret': 2}['official']", "[?self.?rto, duration('5m')].max()",
    "self.?leader.?leader.?id.orValue('nobody')", "optional.of(self.users).optMap(u, u + 1).value()",
    "timestamp('2024-02-29T12:00:00Z').getFullYear('+02:00')", "string(self.rto) + ' ' + string(date)",
    "'é'.size() + b'\\xff'.size()", "math.greatest(self.users, 1, 2) % 7", "1.5e3 / 2.0 >= double('7.5')",
    "[[1], [2, 3]].flatten().exists_one(n, n == 2)", "self.needs.map(ways, ways.size()).min(0)",
    "double(self.users)", "'abc'.startsWith('a') || 'abc'.contains('b') && 'abc'.endsWith('c')",
    "type(1) == int && type('a') != int", "self.uses.all(i, s, i < 10 && s.id != '')",
    "self.contact.team == 'hub team' && has(self.contact.since)", "-self.users < 0 && !(self.users == 3)",
    "busy(self, 30).map(s, s.id) == ['permits']", "!self.mfa || settings.limit > 2", "0x7fffffffffffffff + self.users",
  ]

  private static var bench: Workbench {
    var bench = Workbench()
    bench.define(
      "busy", [("s", .entity(SmallEstate.system)), ("least", .int)], "s.uses.filter(t, t.users >= least)")
    bench.bind("near", "self.uses.filter(s, s.mfa)")
    return bench
  }

  @Test("Every one of the expressions checks and has a value")
  func sound() {
    let bench = Self.bench
    for text in Self.expressions {
      let problems = bench.problems(text)
      #expect(problems.isEmpty, "\(text)")
      let value = bench.value(text)
      #expect(!value.hasPrefix("error") || text.hasPrefix("0x7f"), "\(text) is \(value)")
    }
  }

  /// Parses, checks and, where it checks, evaluates; true where it came to a value.
  private func run(_ bytes: [UInt8], _ bench: Workbench, _ frame: inout Frame) -> Bool {
    let checked = Checker.check(Parser.parse(bytes, macros: bench.environment.macros), in: bench.environment)
    var isSound = checked.problems.allSatisfy { $0.range.lowerBound >= 0 && $0.range.upperBound <= bytes.count }
    isSound = isSound && (!checked.problems.isEmpty || !checked.parsed.tree.nodes.isEmpty)
    if !isSound { Issue.record("unsound problems for \(String(decoding: bytes, as: UTF8.self))") }
    guard checked.problems.isEmpty else { return false }
    let compiled = CompiledExpression(checked, in: bench.environment)
    for id in ["hub", "vault", "permits"] {
      frame.cost = 0
      for slot in frame.slots.indices { frame.slots[slot] = .pending }
      frame.slots[0] = .entity(SmallEstate.row(id))
      frame.slots[1] = .entity(SmallEstate.row("billing"))
      frame.slots[2] = .entity(SmallEstate.row("parking"))
      _ = Workbench.shown(compiled.evaluate(&frame))
    }
    return true
  }

  @Test("Every prefix and every suffix of an expression is checked, and evaluated where it checks, without a trap")
  func prefixes() {
    let bench = Self.bench
    var frame = Frame(graph: SmallEstate.graph, slotCount: 16, costLimit: 10_000)
    var evaluated = 0
    for text in Self.expressions {
      let bytes = Array(text.utf8)
      for end in 0...bytes.count {
        if run(Array(bytes[..<end]), bench, &frame) { evaluated += 1 }
        if run(Array(bytes[end...]), bench, &frame) { evaluated += 1 }
      }
    }
    #expect(evaluated > 200)
  }

  @Test("Five thousand mutations are checked, and evaluated where they check, without a trap")
  func mutations() {
    let bench = Self.bench
    var random = SeededNumbers(seed: 20_261_121)
    var frame = Frame(graph: SmallEstate.graph, slotCount: 16, costLimit: 10_000)
    let corpus = Self.expressions.map { words($0) }
    let scraps =
      corpus.flatMap { $0 } + ["near", "any", "vault", "'vault'", "null", "9223372036854775807", "-1", "0", "0u"]
    var evaluated = 0
    for _ in 0..<5_000 {
      var tokens = corpus[random.below(corpus.count)]
      for _ in 0...random.below(3) {
        let place = random.below(tokens.count + 1)
        switch random.below(5) {
        case 0: tokens.insert(scraps[random.below(scraps.count)], at: place)
        case 1 where place < tokens.count && tokens.count > 1: tokens.remove(at: place)
        case 2 where place < tokens.count: tokens.swapAt(place, random.below(tokens.count))
        case 3:
          let other = corpus[random.below(corpus.count)]
          let start = random.below(other.count)
          tokens.insert(contentsOf: other[start..<min(other.count, start + random.below(6))], at: place)
        default: if place < tokens.count { tokens[place] = scraps[random.below(scraps.count)] }
        }
      }
      if run(Array(tokens.joined().utf8), bench, &frame) { evaluated += 1 }
    }
    #expect(evaluated > 300, "only \(evaluated) mutations checked")
  }

  @Test("Expressions at the limits of depth are checked and evaluated without a trap")
  func depth() {
    let bench = Self.bench
    for text in [
      Array(repeating: "1", count: 490).joined(separator: " + "),
      String(repeating: "[", count: 249) + String(repeating: "]", count: 249),
      String(repeating: "(", count: 249) + "1" + String(repeating: ")", count: 249),
      String(repeating: "{1: ", count: 249) + "1" + String(repeating: "}", count: 249),
      "self" + String(repeating: ".leader", count: 490),
      String(repeating: "self.mfa ? 1 : ", count: 240) + "2",
      Array(repeating: "self.mfa", count: 2_000).joined(separator: " || "),
      String(repeating: "cel.bind(x, 1, ", count: 240) + "x" + String(repeating: ")", count: 240),
      String(repeating: "[1].map(x, ", count: 240) + "x" + String(repeating: ")", count: 240),
    ] {
      let problems = bench.problems(text)
      #expect(problems.isEmpty, "\(text.prefix(40))")
      #expect(!bench.value(text).isEmpty)
    }
  }

  /// Names, numbers, strings and signs one by one, so that mutations stay close to what parses.
  private func words(_ text: String) -> [String] {
    var result: [String] = []
    var word = ""
    var quote: Character?
    for character in text {
      if let open = quote {
        word.append(character)
        if character == open {
          result.append(word)
          (word, quote) = ("", nil)
        }
        continue
      }
      if character.isLetter || character.isNumber || character == "_" {
        word.append(character)
        continue
      }
      if !word.isEmpty { result.append(word) }
      word = ""
      if character == "'" {
        quote = character
        word = "'"
      } else {
        result.append(String(character))
      }
    }
    return word.isEmpty ? result : result + [word]
  }
}
