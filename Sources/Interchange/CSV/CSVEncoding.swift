internal import Diagnostics

/// Whether bytes are a text that can be read as a table.
enum CSVEncoding {
  /// A sentence with what to do; nil where the bytes are UTF-8 without NUL.
  static func refusal(of source: SourceText, limit: Int) -> Diagnostic? {
    let bytes = source.bytes
    func diagnostic(_ summary: String, at offset: Int?, notes: [String] = []) -> Diagnostic {
      let range = offset.map { SourceRange(source, $0..<min($0 + 1, bytes.count)) }
      return Diagnostic("bad-csv", .error, summary, at: range, notes: notes)
    }
    if bytes.count > min(limit, Int(Int32.max) - 1) {
      return diagnostic(
        "\(source.name) has \(bytes.count) bytes, and a table at most \(limit)", at: nil, notes: ["divide it"])
    }
    if bytes.starts(with: [0xFF, 0xFE]) || bytes.starts(with: [0xFE, 0xFF]) {
      return diagnostic(
        "\(source.name) is UTF-16; a table is UTF-8", at: nil, notes: ["save it as “CSV UTF-8”, not as “Unicode text”"])
    }
    if bytes.starts(with: [0x50, 0x4B, 0x03, 0x04]) {
      return diagnostic(
        "\(source.name) is a spreadsheet's own file, not CSV", at: nil, notes: ["save it as “CSV UTF-8”"])
    }
    if let place = bytes.firstIndex(of: 0) {
      return diagnostic("\(source.name) is no text: there is a NUL in it", at: place)
    }
    guard let place = firstMistake(in: bytes) else { return nil }
    let line = source.position(at: place).line
    return diagnostic(
      "\(source.name) is not UTF-8: line \(line) has a byte that is not; it may be Latin-1 or Windows-1252", at: nil,
      notes: [
        "save it as “CSV UTF-8”, or convert it: iconv -f WINDOWS-1252 -t UTF-8; a wrong guess would spoil names silently"
      ])
  }

  /// The offset of the first byte that is not UTF-8.
  private static func firstMistake(in bytes: [UInt8]) -> Int? {
    if String(validating: bytes, as: UTF8.self) != nil { return nil }
    var parser = Unicode.UTF8.ForwardParser()
    var iterator = bytes.makeIterator()
    var offset = 0
    while true {
      switch parser.parseScalar(from: &iterator) {
      case .valid(let scalar): offset += scalar.count
      case .emptyInput: return nil
      case .error: return offset
      }
    }
  }
}
