internal import CEL
public import Catalogue
public import Diagnostics

/// Clauses that two standards define in the same words: nobody could say which of them is meant, and a change of one
/// would leave the other behind.
public enum RepeatedClauses {
  /// Each at the later one's place. Spaces and letter case do not tell clauses apart.
  public static func diagnostics(_ estate: Estate) -> [Diagnostic] {
    var first: [String: Int32] = [:]
    var result: [Diagnostic] = []
    for row in ClauseCoverage.sorted(estate.rows(ofKind: "clause"), estate) {
      guard case .string(let text) = estate.value("requirement", of: row) else { continue }
      let words = text.lowercased().split(whereSeparator: \.isWhitespace).joined(separator: " ")
      guard let other = first[words] else {
        first[words] = row
        continue
      }
      let ids = (estate.entity(row).id, estate.entity(other).id)
      result.append(
        Diagnostic(
          "clause-defined-twice", .error, "\(ids.0) requires the same as \(ids.1), word for word",
          at: (estate.place(of: "requirement", in: row) ?? estate.place(of: row))?.range,
          related: (estate.place(of: "requirement", in: other) ?? estate.place(of: other)).map {
            [Diagnostic.Related("first here", at: $0.range)]
          } ?? [],
          notes: ["a requirement stands in one clause; rules and other standards name that"]))
    }
    return result
  }

  public static let registry: [(id: String, explanation: String)] = [
    (
      "clause-defined-twice",
      "Two clauses require the same in the same words; which of them is checked and attested would be a matter of chance."
    )
  ]
}
