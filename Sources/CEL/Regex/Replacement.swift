/// What stands for a match: text, and groups of the match by number.
struct Replacement: Sendable {
  enum Part: Sendable {
    case text([UInt8])
    /// 0 is the whole match.
    case group(Int)
  }

  struct Failure: Error {
    var message: String
  }

  private var parts: [Part] = []

  /// `\0` to `\9` is a group, `\\` a backslash; a backslash before anything else is a mistake, and so is a group that
  /// the pattern does not have.
  static func read(_ text: String, groupCount: Int) -> Result<Replacement, Failure> {
    func failure(_ reason: String) -> Result<Replacement, Failure> {
      .failure(Failure(message: "\(Function.shown(text)) is no replacement: \(reason)"))
    }
    var result = Replacement()
    var plain: [UInt8] = []
    var bytes = Array(text.utf8)[...]
    while let byte = bytes.popFirst() {
      guard byte == UInt8(ascii: "\\") else {
        plain.append(byte)
        continue
      }
      guard let next = bytes.popFirst() else { return failure("it ends with a single backslash") }
      if next == UInt8(ascii: "\\") {
        plain.append(next)
        continue
      }
      guard next >= 0x30, next <= 0x39 else { return failure("after a backslash stands a digit or another backslash") }
      let group = Int(next - 0x30)
      if group > groupCount {
        let groups = groupCount == 1 ? "1 group" : "\(groupCount) groups"
        return failure("it names group \(group), and the regular expression has \(groups)")
      }
      if !plain.isEmpty { result.parts.append(.text(plain)) }
      plain = []
      result.parts.append(.group(group))
    }
    if !plain.isEmpty { result.parts.append(.text(plain)) }
    return .success(result)
  }

  /// A group that took no part leaves nothing. False where the result would be too long.
  func write(_ match: Regex.Match, of text: UnsafeBufferPointer<UInt8>, to result: inout [UInt8]) -> Bool {
    for part in parts {
      switch part {
      case .text(let bytes):
        guard bytes.count <= Function.textLimit - result.count else { return false }
        result.append(contentsOf: bytes)
      case .group(let number):
        guard let range = match.range(ofGroup: number) else { continue }
        guard range.count <= Function.textLimit - result.count else { return false }
        result.append(contentsOf: text[range])
      }
    }
    return true
  }
}
