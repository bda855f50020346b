internal import CEL
internal import Catalogue
internal import Diagnostics

/// What went wrong while a question was answered, one entry for each expression and message.
struct Failures {
  private struct Entry {
    var typed: TypedExpression
    var message: String
    /// The elements that it went wrong for, at most `limit`.
    var elements: [Value]
    var count: Int
  }

  private var entries: [Entry] = []
  private static let limit = 5

  var isEmpty: Bool { entries.isEmpty }

  mutating func note(_ typed: TypedExpression, _ error: EvaluationError, _ element: Value?) {
    let known = entries.firstIndex { $0.typed.sourceRange == typed.sourceRange && $0.message == error.message }
    let place = known ?? entries.count
    if known == nil { entries.append(Entry(typed: typed, message: error.message, elements: [], count: 0)) }
    guard let element else { return }
    entries[place].count += 1
    if entries[place].elements.count < Self.limit { entries[place].elements.append(element) }
  }

  func diagnostics(_ estate: Estate) -> [Diagnostic] {
    entries.map { entry in
      var names = entry.elements.map { ValueText.exact($0, estate) }
      if entry.count > names.count { names.append("\(entry.count - names.count) more") }
      return Diagnostic(
        "evaluation-error", .error, "this cannot be worked out: \(entry.message)", at: entry.typed.sourceRange,
        notes: names.isEmpty ? [] : ["for " + names.joined(separator: ", ")])
    }
  }
}
