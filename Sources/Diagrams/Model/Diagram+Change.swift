extension Diagram {
  /// What an initiative does to a box or a line.
  struct Change: Equatable, Sendable {
    enum Kind: String, CaseIterable, Sendable {
      case added, changed, retired

      /// Before the words; DejaVu Sans has them.
      var sign: String {
        switch self {
        case .added: "+"
        case .changed: "~"
        case .retired: "−"
        }
      }

      var colour: Colour {
        switch self {
        case .added: .added
        case .changed: .changed
        case .retired: .retired
        }
      }

      var fill: Colour {
        switch self {
        case .added: .addedFill
        case .changed: .changedFill
        case .retired: .retiredFill
        }
      }
    }

    var kind: Kind
    /// Behind the sign: `added 2027-07-01`.
    var title: String
    /// What is otherwise, one statement each: `hosting: cloud → on-premises`.
    var details: [String] = []

    /// More are counted.
    static let detailLimit = 5

    /// With its sign.
    var head: String { "\(kind.sign) \(title)" }

    /// All that is shown of it, a statement each.
    var lines: [String] {
      let shown = details.count > Self.detailLimit + 1 ? Self.detailLimit : details.count
      return [head] + details.prefix(shown) + (shown < details.count ? ["and \(details.count - shown) more"] : [])
    }
  }

  /// Numbered statements under the picture.
  struct List: Sendable {
    var title: String
    var items: [(sign: String, text: String)]
  }
}
