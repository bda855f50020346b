/// A sheet of paper that a drawing is scaled onto, upright or across, whichever shows it larger.
struct Sheet: Equatable {
  enum Paper: String, CaseIterable { case a3, a4 }

  var paper: Paper
  /// The size of the drawing's smallest text, in points.
  var leastText: Int?

  /// White on each side, in points: 10 mm, which printers leave free.
  static let border = 28.35
  /// A small drawing is made larger, but not as large as a poster.
  static let greatestScale = 1.5
  /// Text under this many points cannot be read on paper.
  static let legible = 5.0

  /// How a drawing stands on the sheet.
  struct Fit: Equatable {
    /// Of the sheet, in whole points.
    var width: Int
    var height: Int
    var scale: Double

    /// Graphviz's words for it.
    var viewport: String { "\(width),\(height),\(Fit.decimal(scale))" }

    /// Six digits behind the point.
    private static func decimal(_ value: Double) -> String {
      let millionths = Int((value * 1_000_000).rounded(.down))
      let rest = String(millionths % 1_000_000)
      return "\(millionths / 1_000_000)." + String(repeating: "0", count: 6 - rest.utf8.count) + rest
    }
  }

  /// - Parameters: the drawing's sides in points.
  func fit(width: Double, height: Double) -> Fit {
    let (short, long) = paper == .a3 ? (842, 1_191) : (595, 842)
    let upright = scale(width, height, short, long)
    let across = scale(width, height, long, short)
    return across >= upright
      ? Fit(width: long, height: short, scale: across) : Fit(width: short, height: long, scale: upright)
  }

  private func scale(_ width: Double, _ height: Double, _ sheetWidth: Int, _ sheetHeight: Int) -> Double {
    let room = (Double(sheetWidth) - 2 * Self.border, Double(sheetHeight) - 2 * Self.border)
    return max(0.000_001, min(room.0 / max(1, width), room.1 / max(1, height), Self.greatestScale))
  }

  /// What is to be said of text that is too small.
  func warning(_ fit: Fit) -> String? {
    guard let leastText, Double(leastText) * fit.scale < Self.legible else { return nil }
    let tenths = Int((Double(leastText) * fit.scale * 10).rounded(.down))
    let percent = Int((fit.scale * 100).rounded(.down))
    return
      "on \(paper.rawValue.uppercased()) the drawing is \(percent) % of its size and its smallest text \(tenths / 10).\(tenths % 10) pt, "
      + "too small to read: draw less of it\(paper == .a4 ? ", or on A3" : "")"
  }
}
