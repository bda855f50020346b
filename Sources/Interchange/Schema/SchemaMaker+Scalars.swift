internal import CEL
internal import Catalogue

extension SchemaMaker {
  /// What YAML can make of a text that somebody writes without quotes; an empty value is none.
  static let anyScalar = SchemaValue.texts(["string", "number", "boolean"])

  var anyText: SchemaValue { .object(["type": Self.anyScalar]) }

  /// A value of a scalar type; with `unknown`, the word by which a gap is admitted is one, too.
  mutating func scalar(_ scalar: Scalar, orUnknown: Bool) -> SchemaValue {
    switch scalar {
    case .string, .text: return anyText
    default: break
    }
    let name = Self.name(of: scalar) + (orUnknown ? "-or-unknown" : "")
    return defined(name) { _ in Self.body(of: scalar, orUnknown: orUnknown) }
  }

  private static func name(of scalar: Scalar) -> String {
    if case .enumeration(let type) = scalar { return "enum-\(type.name)" }
    return VocabularyWords.word(for: scalar)
  }

  private static func body(of scalar: Scalar, orUnknown: Bool) -> SchemaValue {
    func pattern(_ types: [String], _ pattern: String, _ words: String) -> SchemaValue {
      .object([
        "type": types.count == 1 ? .text(types[0]) : .texts(types),
        "pattern": .text(orUnknown ? "^(?:\(pattern)|unknown)$" : "^(?:\(pattern))$"),
        "patternErrorMessage": .text(words),
      ])
    }
    switch scalar {
    case .string, .text: return .object(["type": anyScalar])
    case .url: return pattern(["string"], "https?://[^\\x00-\\x20]*", "a link begins with http:// or https://")
    case .integer:
      return pattern(["integer", "string"], "[+-]?[0-9]+", "a whole number").adding([
        "minimum": .number(.min), "maximum": .number(.max),
      ])
    case .number: return pattern(["number", "string"], decimal, "a number")
    case .money:
      return pattern(["number", "string"], "(?:[A-Z]{3} )?\(decimal)", "an amount is written 450000 or GBP 450000")
    case .boolean:
      return .object([
        "enum": .array(
          [.boolean(true), .boolean(false), .text("true"), .text("false")] + (orUnknown ? [.text("unknown")] : []))
      ])
    case .date: return pattern(["string"], "never|\(day)", "a date is written YYYY-MM-DD")
    case .duration:
      return pattern(
        ["string"], "(?:PT)?(?=[0-9])(?:[0-9]+[dD])?(?:[0-9]+[hH])?(?:[0-9]+[mM])?(?:[0-9]+[sS])?",
        "a duration is exact: 4h, 90m, 45s, or ISO 8601 PT4H")
    case .period:
      let number = "[0-9]{1,6}"
      let iso = "P(?=[0-9])(?:\(number)[yY])?(?:\(number)[mM])?(?:\(number)[wW])?(?:\(number)[dD])?"
      let plain = "(?=[0-9])(?:\(number)y)?(?:\(number)m)?(?:\(number)w)?(?:\(number)d)?"
      return pattern(
        ["string"], "\(iso)|\(plain)", "a period is counted in the calendar: 7y, 6m, 2w, 30d, or ISO 8601 P7Y")
    case .enumeration(let type): return enumeration(type, orUnknown: orUnknown)
    }
  }

  private static let decimal = "[+-]?(?:[0-9]+\\.?[0-9]*|\\.[0-9]+)(?:[eE][+-]?[0-9]+)?"

  /// A day that there is, from 0001-01-01 to 9999-12-31.
  static let day: String = {
    let year = "(?!0000)[0-9]{4}"
    let leap =
      "(?:[0-9]{2}(?:0[48]|[2468][048]|[13579][26])|(?:0[48]|[2468][048]|[13579][26])00)-02-29"
    return "\(year)-(?:(?:0[13578]|1[02])-(?:0[1-9]|[12][0-9]|3[01])|(?:0[469]|11)-(?:0[1-9]|[12][0-9]|30)"
      + "|02-(?:0[1-9]|1[0-9]|2[0-8]))|\(leap)"
  }()

  /// A day and no other word.
  mutating func dayOnly() -> SchemaValue {
    defined("day") { _ in
      .object([
        "type": .text("string"), "pattern": .text("^(?:\(Self.day))$"),
        "patternErrorMessage": .text("a date is written YYYY-MM-DD"),
      ])
    }
  }

  private static func enumeration(_ type: EnumType, orUnknown: Bool) -> SchemaValue {
    var values: [SchemaValue] = []
    var titles: [String] = []
    for (value, title) in zip(type.values, type.titles) {
      for form in forms(of: value) {
        values.append(form)
        titles.append(title)
      }
    }
    if orUnknown, !type.values.contains("unknown") {
      values.append(.text("unknown"))
      titles.append(SchemaSet.admitted)
    }
    let isTold = type.titles != type.values
    return .object([
      "enum": .array(values), "enumDescriptions": isTold ? .texts(titles) : nil,
    ])
  }

  /// One of some words.
  static func words(_ words: [String]) -> SchemaValue { .object(["enum": .array(words.flatMap(forms))]) }

  /// What YAML makes of a word that is written without quotes, beside the word itself.
  private static func forms(of word: String) -> [SchemaValue] {
    switch word {
    case "true", "false": return [.text(word), .boolean(word == "true")]
    default:
      if let number = Int64(word), String(number) == word { return [.text(word), .number(number)] }
      return [.text(word)]
    }
  }

  /// A reference to one of some kinds: an id, or a kind and an id. Whether anything bears it is not asked.
  mutating func reference(to kinds: KindSet) -> SchemaValue {
    let names = kinds.kinds.map { metamodel.kinds[$0].name }
    let union = metamodel.unions.sorted { $0.key < $1.key }.first { $0.value == kinds }?.key
    let isAll = names.count == metamodel.kinds.count
    let name = isAll ? "entity" : names.count == 1 ? names[0] : union ?? names.joined(separator: "-or-")
    return defined("to-\(name)") { _ in
      let words = isAll ? "a reference is written kind:id" : "this leads to: \(names.joined(separator: ", "))"
      return .object([
        "type": Self.anyScalar, "pattern": .text("^(?:(?:\(names.joined(separator: "|"))):|[^:]*$)"),
        "patternErrorMessage": .text(words),
      ])
    }
  }

  /// The same, or a list of them.
  mutating func references(to kinds: KindSet) -> SchemaValue { .oneOrMore(reference(to: kinds)) }
}
