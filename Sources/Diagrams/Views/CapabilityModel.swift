/// What a capability map shows, free of any notation. Capabilities are in the order of rows.
struct CapabilityModel: Sendable {
  struct Provider: Equatable, Sendable {
    var name: String
    /// Whether it is live, but past the first of the live phases; the phase is part of the name then.
    var isEnding = false
  }

  struct Capability: Sendable {
    /// `kind:id`.
    var identity: String
    var name: String
    var kind: String
    /// Nil: not recorded, or the vocabulary does not tell.
    var isCommon: Bool?
    var maturity = FieldWords(state: .none, text: "")
    /// What provides it and is live, by name in the order of ids.
    var live: [Provider] = []
    /// The same before their first live phase.
    var coming: [String] = []
    /// The same of which nobody recorded the phase.
    var unrecorded: [String] = []
    var parent: Int?
    /// Positions of its parts.
    var children: [Int] = []
    var link: DiagramLink?
  }

  var capabilities: [Capability] = []
  /// Positions of those that are part of nothing.
  var roots: [Int] = []
  /// What capabilities are called, in the singular and the plural; and what provides them.
  var title = (one: "ability", many: "abilities")
  var noun = (one: "component", many: "components")
  /// Whether the vocabulary tells what is common.
  var tellsCommon = false
  /// How many values the enumeration of maturity has; nil: there is none.
  var maturityLength: Int?
  /// How many live providers there are.
  var providerCount = 0
  /// What it leaves out or had to choose, in sentences.
  var notes: [String] = []
  var date = ""
  var when = ""

  /// What is not made of others, below a capability, itself where it is such a one. Iterative: a tree can be deep.
  func leaves(below position: Int) -> [Int] {
    var result: [Int] = []
    var stack = [position]
    while let next = stack.popLast() {
      let children = capabilities[next].children
      if children.isEmpty { result.append(next) }
      stack += children.reversed()
    }
    return result
  }

  /// A capability's parts and theirs, each after its whole, without itself.
  func descendants(of position: Int) -> [Int] {
    var result: [Int] = []
    var stack = Array(capabilities[position].children.reversed())
    while let next = stack.popLast() {
      result.append(next)
      stack += capabilities[next].children.reversed()
    }
    return result
  }

  /// Leaves that nothing live provides.
  var gaps: [Int] { capabilities.indices.filter { capabilities[$0].children.isEmpty && capabilities[$0].live.isEmpty } }

  // MARK: Words

  /// Providers that a box names.
  static let nameLimit = 3

  /// What a box says under its name.
  func words(of position: Int, namesAll: Bool) -> [String] {
    let capability = capabilities[position]
    var result: [String] = []
    if !capability.children.isEmpty, capability.live.isEmpty {
      result.append(summary(below: position))
    } else if capability.live.isEmpty {
      result.append("no live \(noun.one)")
    } else {
      let count = LandscapeWords.count(capability.live.count, noun.one, noun.many)
      result.append("\(count): \(Self.list(capability.live.map(\.name), namesAll))")
      if !capability.children.isEmpty { result.append(summary(below: position)) }
    }
    if !capability.coming.isEmpty { result.append("planned: \(Self.list(capability.coming, namesAll))") }
    if !capability.unrecorded.isEmpty {
      result.append("phase not recorded: \(Self.list(capability.unrecorded, namesAll))")
    }
    return result
  }

  /// `6 parts, 1 without a live system`.
  func summary(below position: Int) -> String {
    let leaves = leaves(below: position)
    let gaps = leaves.count { capabilities[$0].live.isEmpty }
    let parts = LandscapeWords.count(leaves.count, "part", "parts")
    return gaps == 0 ? "\(parts), all provided" : "\(parts), \(gaps) without a live \(noun.one)"
  }

  static func list(_ names: [String], _ namesAll: Bool) -> String {
    guard !namesAll, names.count > nameLimit else { return EstateSight.list(names) }
    return names.prefix(nameLimit).joined(separator: ", ") + " and \(names.count - nameLimit) more"
  }

  /// Whether a box names fewer than there are.
  var isShortened: Bool {
    capabilities.contains {
      max($0.live.count, $0.coming.count, $0.unrecorded.count) > Self.nameLimit
    }
  }
}
