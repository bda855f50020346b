internal import CEL
package import Catalogue

/// What somebody is told who has to write a field.
package struct FieldHint {
  /// The values that there are, with what each means, where these are few; else empty.
  package let choices: [(value: String, title: String)]
  /// What a value looks like.
  package let form: String
  package let why: String?

  package init(_ field: Field, _ metamodel: Metamodel) {
    var choices: [(String, String)] = []
    switch field.shape {
    case .scalar(let scalar), .scalars(let scalar):
      if case .enumeration(let type) = scalar { choices = zip(type.values, type.titles).map { ($0, $1) } }
      let one = Self.form(of: scalar)
      if case .scalars = field.shape { form = "a list; each \(one)" } else { form = one }
    case .relation(let kinds, let many):
      form = many ? "a list; each \(Self.form(of: kinds, metamodel))" : Self.form(of: kinds, metamodel)
    case .owner(let kinds): form = Self.form(of: kinds, metamodel)
    case .lifecycle:
      choices = metamodel.phases.map { ($0, $0) }
      form = "a phase, or the first day of each: {\(metamodel.phases.first ?? "planned"): 2027-01-01}"
    case .record(let members): form = "{\(members.map(\.name).joined(separator: ", "))}"
    case .records(let members): form = "a list; each {\(members.map(\.name).joined(separator: ", "))}"
    case .expression: form = "an expression"
    case .phaseDate: form = Self.form(of: .date)
    case .common(.aliases), .common(.labels): form = "a list of words"
    default: form = "a text"
    }
    self.choices = choices.map { ($0, Self.isSame($0, $1) ? $0 : $1) }
    isWithout = field.defaultText
    switch field.shape {
    case .relation(_, many: true), .scalars: isNoneWritten = field.absence == .unknown
    default: isNoneWritten = false
    }
    if case .common(let common) = field.shape {
      why = SchemaMaker.words(for: common, of: metamodel.kinds[field.kind])
    } else {
      let words = [field.title, field.why].compactMap { $0 }.joined(separator: ": ")
      why = words.isEmpty ? nil : words
    }
  }

  /// What holds where nobody writes it.
  private let isWithout: String?
  /// Whether a list that is left out is not known, and an empty one says that there is nothing.
  private let isNoneWritten: Bool

  /// Whether a title says no more than the value: `tier 1` of `tier1`.
  private static func isSame(_ value: String, _ title: String) -> Bool {
    func letters(_ text: String) -> [UInt8] {
      text.lowercased().utf8.filter { $0 >= 0x61 && $0 <= 0x7A || $0 >= 0x30 && $0 <= 0x39 || $0 >= 0x80 }
    }
    return letters(value) == letters(title)
  }

  /// Why it is there, what it looks like, and what holds without it, for one place.
  package var words: String {
    let form = (isWithout.map { "\(line); without it \($0)" } ?? line) + (isNoneWritten ? "; [] if there is none" : "")
    guard let why else { return form }
    return form == "a text" ? why : "\(why) — \(form)"
  }

  private static func form(of scalar: Scalar) -> String {
    switch scalar {
    case .string, .text: "a text"
    case .integer: "a whole number"
    case .number: "a number"
    case .boolean: "true or false"
    case .date: "a date: 2027-01-31"
    case .duration: "a duration: 4h, 90m"
    case .period: "a period: 7y, 6m, 30d"
    case .money: "an amount: 450000 or GBP 450000"
    case .url: "a link: https://…"
    case .enumeration(let type): type.values.joined(separator: ", ")
    }
  }

  private static func form(of kinds: KindSet, _ metamodel: Metamodel) -> String {
    let names = kinds.kinds.filter { metamodel.kinds[$0].isWritten }.map { metamodel.kinds[$0].name }
    if names.count > 6 { return "kind:id" }
    let isVowel = names.first?.first.map { "aeiou".contains($0) } == true
    return "the id of \(isVowel ? "an" : "a") \(names.joined(separator: " or "))"
  }

  /// On one line: the choices with what they mean, or the form.
  package var line: String {
    if choices.isEmpty { return form }
    return choices.map { $0.value == $0.title ? $0.value : "\($0.value) (\($0.title))" }.joined(separator: ", ")
  }
}
