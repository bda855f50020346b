internal import CEL
internal import Catalogue
internal import Governance

/// Where a clause comes from: a law or a standard, and the place in it.
struct ClauseSource {
  let name: String
  let point: String?
  /// Written from memory: somebody has to look it up.
  let isToBeConfirmed: Bool

  /// - Parameter fields: of a record of `sources`, in the order of the vocabulary: name, point, status.
  init(_ fields: [Value], _ estate: Estate) {
    func text(_ index: Int) -> String? {
      guard fields.indices.contains(index) else { return nil }
      if case .unknown = fields[index] { return nil }
      if case .optional = fields[index] { return nil }
      let text = ValueText.exact(fields[index], estate).split(whereSeparator: \.isWhitespace).joined(separator: " ")
      return text.isEmpty ? nil : text
    }
    name = text(0) ?? "a source without a name"
    point = text(1)
    isToBeConfirmed = text(2) != "verified"
  }

  static func all(of clause: Int32, _ estate: Estate) -> [ClauseSource] {
    guard let view = estate.value("sources", of: clause).listView else { return [] }
    return (0..<view.count).compactMap { index in
      guard case .record(let record) = view[index] else { return nil }
      return ClauseSource(record.fields, estate)
    }
  }

  var words: String {
    name + (point.map { ": \($0)" } ?? "") + (isToBeConfirmed ? " (to be confirmed)" : "")
  }
}
