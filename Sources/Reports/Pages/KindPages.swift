internal import CEL
internal import Catalogue

/// The pages of a vocabulary in Markdown: one for each kind, with what a document of it may say and what the engine works
/// out, and an index with the unions, the enumerations and the settings. All of it is in the metamodel.
struct KindPages {
  let metamodel: Metamodel
  let environment: Environment

  static func all(_ metamodel: Metamodel) -> [RulebookPages.Page] {
    let pages = KindPages(metamodel: metamodel, environment: Environment(host: metamodel))
    var result = metamodel.kinds.map { kind in
      RulebookPages.Page(path: "\(folder)/\(kind.name).md", text: pages.page(of: kind))
    }
    result.append(RulebookPages.Page(path: "\(folder)/README.md", text: pages.index()))
    return result
  }

  private static let folder = "reference/kinds"

  // MARK: The index

  private func index() -> String {
    var text = RulebookPages.mark + "# Kinds\n\n"
    text += "What a document can be, and what it can say. Each kind has a page; the metamodel declares all of it.\n"
    text += kinds("The authority's own", metamodel.kinds.filter { !$0.isBuiltIn && $0.isWritten })
    text += kinds("The engine's own", metamodel.kinds.filter { $0.isBuiltIn && $0.isWritten })
    text += kinds("Derived: nobody writes them", metamodel.kinds.filter { !$0.isWritten })
    return text + unions() + enumerations() + settings()
  }

  private func kinds(_ title: String, _ kinds: [Kind]) -> String {
    if kinds.isEmpty { return "" }
    var text = "\n## \(title)\n\n| kind | what it is | part of |\n|:--|:--|:--|\n"
    for kind in kinds {
      let owners = kind.partOf.map { link(metamodel.kinds[$0].name) }.joined(separator: ", ")
      text += "| \(link(kind.name)) | \(words([kind.why ?? kind.title])) | \(owners) |\n"
    }
    return text
  }

  private func unions() -> String {
    let names = metamodel.unions.keys.sorted()
    if names.isEmpty { return "" }
    var text =
      "\n## Unions\n\nA union stands where several kinds may: in a relation's `to`, in a rule's `for`, in a parameter.\n"
      + "What it derives, the pages of its kinds show.\n\n| union | of |\n|:--|:--|\n"
    for name in names {
      let members = (metamodel.unions[name]?.kinds ?? []).map { link(metamodel.kinds[$0].name) }
      text += "| \(codeForMarkdown(name)) | \(members.joined(separator: ", ")) |\n"
    }
    return text
  }

  private func enumerations() -> String {
    let enums = metamodel.enums.sorted { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) }
    if enums.isEmpty { return "" }
    var text = "\n## Enumerations\n\nAn ordered one can be compared: its values stand from the least to the greatest.\n"
    for type in enums {
      text +=
        "\n<a id=\"\(type.name)\"></a>\n\n### \(codeForMarkdown(type.name))\(type.isOrdered ? " (ordered)" : "")\n\n"
      for (value, title) in zip(type.values, type.titles) {
        text += "- \(codeForMarkdown(value))" + (title == value ? "\n" : ": \(cell([title]))\n")
      }
    }
    return text
  }

  private func settings() -> String {
    let names = metamodel.settings.keys.sorted()
    if names.isEmpty { return "" }
    var text =
      "\n## Settings\n\nRules read them as `settings.name`; a document of `kind: settings` gives them other values.\n\n"
    text += "| setting | type | default | what it is |\n|:--|:--|:--|:--|\n"
    for name in names {
      guard let setting = metamodel.settings[name] else { continue }
      text +=
        "| \(codeForMarkdown(name)) | \(type(setting.scalar.type)) | \(setting.defaultText.map { codeForMarkdown($0) } ?? "") "
        + "| \(words([setting.why])) |\n"
    }
    return text
  }

  // MARK: One kind

  private func page(of kind: Kind) -> String {
    var text = RulebookPages.mark + "# \(codeForMarkdown(kind.name))\n\n"
    if let why = kind.why { text += "\(words([why]))\n\n" }
    text += "| | |\n|:--|:--|\n| title | \(cell([kind.title])), \(cell([kind.plural])) |\n"
    text += "| declared by | \(kind.isBuiltIn ? "the engine" : "the authority's metamodel") |\n"
    if let role = kind.role { text += "| role | \(codeForMarkdown(role)) |\n" }
    if !kind.partOf.isEmpty {
      text += "| part of | \(kind.partOf.map { link(metamodel.kinds[$0].name) }.joined(separator: ", ")) |\n"
    }
    if let key = kind.partKey { text += "| id where none is given | that of \(codeForMarkdown(key)) |\n" }
    switch kind.lifecycle {
    case .none: break
    case .own: text += "| lifecycle | dates of its own |\n"
    case .follows(let relations):
      text += "| lifecycle | lives while these do: \(relations.map { codeForMarkdown($0) }.joined(separator: ", ")) |\n"
    }
    let unions = metamodel.unions.keys.sorted().filter { metamodel.unions[$0]?.kinds.contains(kind.index) == true }
    if !unions.isEmpty { text += "| member of | \(unions.map { codeForMarkdown($0) }.joined(separator: ", ")) |\n" }
    let rows = rows(kind)
    text += table("What a document says", rows.filter(\.isWritten), kind)
    let computed = rows.filter { !$0.isWritten }
    text += table("What the engine works out", computed.filter { !isOnEveryKind($0.name, kind) }, kind)
    let shared = computed.filter { isOnEveryKind($0.name, kind) }.map { codeForMarkdown($0.name) }
    if !shared.isEmpty { text += "\nAs of every kind: \(shared.joined(separator: ", ")).\n" }
    return text
  }

  private struct Row {
    var name: String
    var type: String
    var absence: String
    var words: [String?]
    var isWritten: Bool
    var isRequired = false
  }

  private func rows(_ kind: Kind) -> [Row] {
    let listed = FieldListing.all(of: kind.name, metamodel) ?? []
    let byName = Dictionary(listed.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
    var rows: [Row] = []
    for id in kind.order {
      let field = metamodel.fields[Int(id)]
      if let listing = byName[field.path] {
        rows.append(row(listing, field, kind))
      } else {
        rows.append(
          Row(
            name: field.path, type: form(field), absence: "", words: [field.title, field.why], isWritten: true,
            isRequired: field.isRequired))
      }
    }
    let names = Set(rows.map(\.name))
    return rows
      + listed.filter { !names.contains($0.name) }.map {
        Row(name: $0.name, type: "", absence: "", words: [$0.origin], isWritten: false)
      }
  }

  private func form(_ field: Field) -> String {
    if case .expression = field.shape { return "expression" }
    return "structure"
  }

  private func row(_ listing: FieldListing, _ field: Field, _ kind: Kind) -> Row {
    var words: [String?] = [listing.title, listing.why]
    var isWritten = listing.origin.hasPrefix("recorded")
    var absence = field.isRequired ? "required" : listing.absence
    switch field.shape {
    case .common(let part):
      words = [Self.words(of: part)]
      isWritten = kind.isWritten
      if part == .id, let key = kind.partKey {
        absence = "that of `\(key)`"
      } else if part == .id || part == .kind {
        absence = "required"
      }
    case .lifecycle: words = ["The first day of each phase, or the name of a phase alone."]
    case .phaseDate: words = ["Its first day in this phase."]
    case .phase: words = ["The phase on the day that is looked at."]
    case .live:
      let names = metamodel.livePhases.sorted().map { "`\(metamodel.phases[$0])`" }
      words = ["Whether that phase is \(names.joined(separator: " or "))."]
    case .inverse, .owner: words = ["\(listing.origin.prefix(1).uppercased())\(listing.origin.dropFirst())."]
    default: break
    }
    if let name = field.inverseName { words.append("Seen from there: `\(name)`.") }
    if let role = field.role { words.append("Role: `\(role)`.") }
    if field.awaits { words.append("May name what an open initiative adds.") }
    if !field.isMaterial, words.first != Self.words(of: .id), !isCommon(field) {
      words.append("A change of it is no change of design.")
    }
    if listing.origin == "derived, recursive" { words.append("Recursive.") }
    if let formula = listing.formula { words.append("`\(formula)`") }
    return Row(
      name: field.path, type: written(field), absence: kind.isWritten ? absence : "", words: words,
      isWritten: isWritten && kind.isWritten, isRequired: field.isRequired)
  }

  private func isCommon(_ field: Field) -> Bool { if case .common = field.shape { true } else { false } }

  private static func words(of part: Field.Common) -> String {
    switch part {
    case .id: "What others name it by: small letters, digits and single hyphens."
    case .kind: "What it is."
    case .name: "What people read."
    case .summary: "What it is for, in a sentence."
    case .aliases: "Ids that it had before; who names it by one is told the new one."
    case .notes: "Anything else; no rule has to read it."
    case .labels: "Words to find it by."
    }
  }

  /// The type in a document's words: what a relation leads to, how a value is read.
  private func written(_ field: Field) -> String {
    switch field.shape {
    case .scalar(let scalar): return name(of: scalar)
    case .scalars(let scalar): return "list of \(name(of: scalar))"
    case .relation(_, false) where field.absence == .empty:
      return type(field.type).replacing("list of ", with: "at most one ")
    case .parts(let kind, _): return "parts: \(link(metamodel.kinds[kind].name))"
    case .record: return "record"
    case .records(let fields):
      return "list of records: \(fields.map { codeForMarkdown($0.name) }.joined(separator: ", "))"
    default: return type(field.type)
    }
  }

  private func name(of scalar: Scalar) -> String {
    switch scalar {
    case .text: "`text`"
    case .url: "`url`"
    case .money: "`money`"
    case .integer: "`integer`"
    case .number: "`number`"
    case .boolean: "`boolean`"
    default: type(scalar.type)
    }
  }

  /// Whether it is the other side of a relation that may lead to every kind.
  private func isOnEveryKind(_ name: String, _ kind: Kind) -> Bool {
    guard let field = metamodel.field(name, of: kind.index), case .inverse(let sources) = field.shape else {
      return false
    }
    return sources.allSatisfy { id in
      guard case .relation(let kinds, _) = metamodel.fields[Int(id)].shape else { return false }
      return kinds.kinds.count >= metamodel.kinds.count
    }
  }

  private func table(_ title: String, _ rows: [Row], _ kind: Kind) -> String {
    if rows.isEmpty { return "" }
    let hasAbsence = rows.contains { !$0.absence.isEmpty }
    var text = "\n## \(title)\n\n| key | type |\(hasAbsence ? " if absent |" : "") what it is |\n"
    text += "|:--|:--|\(hasAbsence ? ":--|" : ""):--|\n"
    for row in rows {
      let absence = row.absence.isEmpty && row.isRequired ? "required" : row.absence
      text +=
        "| \(codeForMarkdown(row.name)) | \(row.type) |\(hasAbsence ? " \(words([absence])) |" : "") \(words(row.words)) |\n"
    }
    return text
  }

  // MARK: Cells

  /// The type in the language's words, each kind and enumeration in it with the way to its page.
  private func type(_ type: ValueType) -> String {
    var inner = type
    var depth = 0
    while let element = inner.elementType {
      inner = element
      depth += 1
    }
    let name = environment.description(of: inner)
    let shown: String
    switch inner {
    case .enumeration(let type): shown = "[\(codeForMarkdown(type.name))](README.md#\(type.name))"
    case .entity(let kinds) where kinds.kinds.count == 1: shown = link(name)
    case .entity(let kinds) where metamodel.unions.values.contains(kinds) || name == "entity":
      shown = codeForMarkdown(name)
    case .entity(let kinds): shown = kinds.kinds.map { link(metamodel.kinds[$0].name) }.joined(separator: " or ")
    default: shown = codeForMarkdown(name)
    }
    return String(repeating: "list of ", count: depth) + shown
  }

  private func link(_ kind: String) -> String {
    metamodel.kind(named: kind) == nil ? codeForMarkdown(kind) : "[\(codeForMarkdown(kind))](\(kind).md)"
  }

  private func cell(_ texts: [String?]) -> String {
    texts.compactMap { $0 }.map { escapedForMarkdown(line($0)) }.filter { !$0.isEmpty }.joined(separator: "<br>")
  }

  /// Sentences, code among them as code where a code span in a table can hold it.
  private func words(_ texts: [String?]) -> String {
    texts.compactMap { $0 }.map { text in
      let parts = line(text).split(separator: "`", omittingEmptySubsequences: false)
      guard parts.count % 2 == 1 else { return escapedForMarkdown(line(text)) }
      return parts.enumerated().map { index, part in
        index % 2 == 0 ? escapedForMarkdown(part) : code(String(part))
      }.joined()
    }.filter { !$0.isEmpty }.joined(separator: "<br>")
  }

  private func code(_ text: String) -> String {
    // In a table a bar ends the cell also inside a code span, unless it is escaped.
    let isPlain =
      !text.isEmpty && text.unicodeScalars.allSatisfy { (0x20...0x7E).contains($0.value) && $0 != "`" && $0 != "\\" }
    return isPlain ? "`\(text.replacing("|", with: "\\|"))`" : escapedForMarkdown(text)
  }

  private func line(_ text: String) -> String { text.split(whereSeparator: \.isWhitespace).joined(separator: " ") }
}
