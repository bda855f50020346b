internal import Catalogue
internal import Diagnostics
internal import Glibc
internal import Interchange

/// Asks on a terminal for the fields that a document needs, one by one; what the loader would not take is asked again.
enum FieldQuestions {
  static var canAsk: Bool { isatty(STDIN_FILENO) != 0 && isatty(STDOUT_FILENO) != 0 }

  /// False where the answers end before the questions.
  static func ask(_ fields: [Field], _ given: inout GivenValues, _ id: String) -> Bool {
    let metamodel = given.estate.metamodel
    let count = fields.count == 1 ? "one field" : "\(fields.count) fields"
    Terminal.write(
      "\(given.kind.name) \(id) needs \(count). `unknown` admits a gap; Ctrl-D ends, and nothing is written.\n")
    for field in fields {
      let hint = FieldHint(field, metamodel)
      Terminal.write("\n\(field.path): \(escapedForTerminal(hint.why ?? hint.form))\n")
      if hint.choices.isEmpty {
        if hint.why != nil { Terminal.write("  \(escapedForTerminal(hint.form))\n") }
      } else {
        for (index, choice) in hint.choices.enumerated() {
          let title = choice.title == choice.value ? "" : "  \(choice.title)"
          Terminal.write("  \(index + 1)  \(escapedForTerminal(choice.value + title))\n")
        }
      }
      guard answer(field, hint, &given) else { return false }
    }
    return true
  }

  private static func answer(_ field: Field, _ hint: FieldHint, _ given: inout GivenValues) -> Bool {
    while true {
      Terminal.write("\(field.path)> ")
      guard let line = readLine() else { return false }
      var text = line
      while text.last?.isWhitespace == true { text.removeLast() }
      while text.first?.isWhitespace == true { text.removeFirst() }
      // A number stands for a choice, unless it is one itself.
      if !hint.choices.contains(where: { $0.value == text }), let number = Int(text),
        hint.choices.indices.contains(number - 1)
      {
        text = hint.choices[number - 1].value
      }
      if text.isEmpty {
        Terminal.write("  it is required; `unknown` admits a gap\n")
        continue
      }
      if let problem = given.problem(text, field) {
        Terminal.write("  \(problem)\n")
        continue
      }
      do {
        try given.give(field, text)
        return true
      } catch {
        Terminal.write("  \(error.sentence)\n")
      }
    }
  }
}
