/// Whether text for people carries a terminal's colours.
public enum TextStyle: Sendable, Hashable {
  case plain, ansi

  public enum Role: Sendable, Hashable {
    case error, warning, note, gutter, emphasis
  }

  /// Text in the colour of its role.
  public func apply(_ role: Role, to text: String) -> String {
    guard self == .ansi, !text.isEmpty else { return text }
    let code =
      switch role {
      case .error: "1;31"
      case .warning: "1;33"
      case .note: "1;36"
      case .gutter: "34"
      case .emphasis: "1"
      }
    return "\u{1B}[\(code)m\(text)\u{1B}[0m"
  }
}

extension Diagnostic.Severity {
  public var role: TextStyle.Role {
    switch self {
    case .note: .note
    case .warning: .warning
    case .error: .error
    }
  }
}
