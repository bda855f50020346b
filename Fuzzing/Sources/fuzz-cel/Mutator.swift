import CEL

@_silgen_name("LLVMFuzzerMutate")
private func mutateBytes(_ data: UnsafeMutablePointer<UInt8>, _ size: Int, _ capacity: Int) -> Int

/// Half of the time libFuzzer's own mutations of bytes; else a part of an expression is replaced by another of its type,
/// so that most of what comes out is an expression that checks.
@_cdecl("LLVMFuzzerCustomMutator")
public func mutate(_ data: UnsafeMutablePointer<UInt8>, _ size: Int, _ capacity: Int, _ seed: UInt32) -> Int {
  let random = SplitMix(state: UInt64(seed))
  guard seed % 2 == 0,
    let text = Mutator.shared.mutated(Array(UnsafeBufferPointer(start: data, count: size)), random),
    text.count <= capacity
  else { return mutateBytes(data, size, capacity) }
  for (index, byte) in text.enumerated() { data[index] = byte }
  return text.count
}

/// Replaces parts of expressions by parts of others that it was given before.
struct Mutator {
  // libFuzzer mutates on one thread.
  nonisolated(unsafe) static var shared = Mutator()

  private static let poolLimit = 200
  private let environments = [World.typed(isPlain: false).environment, World.open(isPlain: false).environment]
  /// Texts of parts, by environment and type.
  private var pools: [Key: [[UInt8]]] = [:]

  private struct Key: Hashable {
    var environment: Int
    var type: ValueType
  }

  /// Ways to write an expression round another.
  private static let frames: [(String, String)] = [
    ("[", "]"), ("(", ").size()"), ("[", "].map(x, x)"), ("", " == null"), ("{'k': ", "}"), ("optional.of(", ")"),
    ("cel.bind(v, ", ", [v, v])"), ("", ".filter(x, true)"), ("", ".map(x, [x])"), ("", ".flatten()"),
    ("", ".groupBy(x, x)"), ("", ".countBy(x, x)"), ("", ".sortBy(x, x)"), ("", ".first()"), ("string(", ")"),
    ("", ".exists(x, x == x)"), ("", ".all(i, x, x != x)"), ("", ".distinct()"), ("", ".max()"), ("", ".sum()"),
    ("", "[0]"), ("", ".orValue(1)"), ("true ? ", " : []"), ("[[", "], []]"), ("self.closure(z, ", ")"), ("-", ""),
    ("!", ""),
    ("", ".transformMap(k, w, w)"), ("", ".transformList(k, w, k)"), ("type(", ")"), ("dyn(", ")"), ("has(", ".level)"),
    ("", ".optMap(x, x)"), ("every(system).filter(s, s in ", ")"), ("every(flow).filter(g, g.from == ", ")"),
  ]

  mutating func mutated(_ bytes: [UInt8], _ generator: SplitMix) -> [UInt8]? {
    var random = generator
    let parsed = Parser.parse(bytes, macros: MacroSignature.all)
    guard parsed.problems.isEmpty, parsed.tree.nodes.count <= 200 else { return nil }
    let place = random.below(environments.count)
    let checked = Checker.check(parsed, in: environments[place])
    if checked.problems.isEmpty { learn(checked, place, &random) }
    let node = random.below(parsed.tree.nodes.count)
    let range = parsed.tree.ranges[node]
    guard !range.isEmpty else { return nil }
    let part = Array(bytes[range])
    var replacement: [UInt8]
    switch random.below(8) {
    case 0:
      let frame = Self.frames[random.below(Self.frames.count)]
      replacement = Array(frame.0.utf8) + part + Array(frame.1.utf8)
    case 1: replacement = any(place, &random) ?? part
    case 2:
      let operators = [" && ", " || ", " == ", " + ", " in ", " < ", " ? ", " - ", " * ", " != "]
      let written = operators[random.below(operators.count)]
      replacement = part + Array(written.utf8) + (ofSameType(checked, node, place, &random) ?? part)
      if written == " ? " { replacement += Array(" : ".utf8) + part }
    default:
      guard let found = ofSameType(checked, node, place, &random) else { return nil }
      replacement = found
    }
    // What is put in stands for itself whatever is beside it.
    let isAlone = node == Int(parsed.tree.root.index)
    if !isAlone { replacement = [UInt8(ascii: "(")] + replacement + [UInt8(ascii: ")")] }
    return Array(bytes[..<range.lowerBound]) + replacement + Array(bytes[range.upperBound...])
  }

  private mutating func learn(_ checked: CheckedExpression, _ place: Int, _ random: inout SplitMix) {
    for (node, range) in checked.parsed.tree.ranges.enumerated() where (1...80).contains(range.count) {
      if case .missing = checked.parsed.tree.nodes[node] { continue }
      let text = Array(checked.parsed.text[range])
      let key = Key(environment: place, type: checked.types[node])
      if pools[key, default: []].count < Self.poolLimit {
        if !pools[key, default: []].contains(text) { pools[key, default: []].append(text) }
      } else if random.below(20) == 0 {
        pools[key]?[random.below(Self.poolLimit)] = text
      }
    }
  }

  private func ofSameType(
    _ checked: CheckedExpression, _ node: Int, _ place: Int, _ random: inout SplitMix
  ) -> [UInt8]? {
    guard let pool = pools[Key(environment: place, type: checked.types[node])], !pool.isEmpty else { return nil }
    return pool[random.below(pool.count)]
  }

  /// A part of any type, of one that few parts have as likely as of one that many have.
  private func any(_ place: Int, _ random: inout SplitMix) -> [UInt8]? {
    let keys = pools.keys.filter { $0.environment == place }
    // A dictionary's order differs from run to run.
    let names = keys.map { (environments[place].description(of: $0.type), $0) }.sorted { $0.0 < $1.0 }
    guard !names.isEmpty, let pool = pools[names[random.below(names.count)].1], !pool.isEmpty else { return nil }
    return pool[random.below(pool.count)]
  }
}
