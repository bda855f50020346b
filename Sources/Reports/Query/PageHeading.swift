internal import Diagnostics

/// The line above a part of a page, `Name  kind:id  (about)`: on a terminal what does not fit goes on in the next line.
struct PageHeading {
  var style: TextStyle
  /// Columns of the terminal; nil: as wide as it becomes.
  var width: Int?

  /// - Parameter lead: a number or a sign before the name; what goes on stands below the name.
  func text(_ name: String, _ rest: [String], lead: String = "") -> String {
    let name = escapedForTerminal(name)
    let rest = rest.filter { !$0.isEmpty }.map { escapedForTerminal($0) }
    let indent = String(repeating: " ", count: displayWidth(of: lead))
    let whole = ([lead + name] + rest).joined(separator: "  ")
    guard let width, displayWidth(of: whole) > width else {
      return ([lead + style.apply(.emphasis, to: name)] + rest).joined(separator: "  ") + "\n"
    }
    let room = max(24, width - indent.count)
    let names = TableLayout.wrapped(name, width: room).enumerated().map { place, part in
      (place == 0 ? lead : indent) + style.apply(.emphasis, to: part)
    }
    var others: [String] = []
    for part in rest {
      if let last = others.last, displayWidth(of: last) + 2 + displayWidth(of: part) <= room {
        others[others.count - 1] += "  " + part
      } else {
        others += TableLayout.wrapped(part, width: room)
      }
    }
    return (names + others.map { indent + $0 }).joined(separator: "\n") + "\n"
  }
}
