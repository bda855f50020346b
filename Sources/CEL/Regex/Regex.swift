internal import CRE2

/// A regular expression as CEL means it: RE2's syntax, on code points, in time that grows with the text and no faster.
///
/// The specification's "Regular Expressions" asks for RE2, so this is RE2. Beyond its limits there are two of our own:
/// `lengthLimit`, and no `\C`, which would cut a code point in two (Go's `regexp` refuses it too).
// A compiled pattern never changes and RE2 guards its own caches: any number of threads may search with it.
final class Regex: @unchecked Sendable {
  /// A pattern that is none, in RE2's own words.
  struct Failure: Error {
    var message: String

    func described(_ pattern: String) -> String { "\(Function.shown(pattern)) is no regular expression: \(message)" }
  }

  /// A match, by UTF-8 offsets in the text: of the whole and of each group that took part.
  struct Match {
    var whole: Range<Int>
    /// The first group's is at 0.
    var groups: [Range<Int>?]

    /// What `extract` takes of it: the whole, or the only group where there is one and it holds something.
    var extracted: Range<Int>? {
      guard let group = groups.first else { return whole }
      return group.flatMap { $0.isEmpty ? nil : $0 }
    }

    /// The group of a replacement's `\0` to `\9`: 0 is the whole match.
    func range(ofGroup number: Int) -> Range<Int>? {
      number == 0 ? whole : number <= groups.count ? groups[number - 1] : nil
    }
  }

  /// In UTF-8 bytes.
  static let lengthLimit = 4_096
  /// For the program and the automata that a search builds as it goes, in bytes; what RE2 takes if not told.
  private static let memoryLimit: Int64 = 8 << 20

  /// What compiling any pattern costs an evaluation at least; twice its `size` is added.
  static let leastCost = 64
  /// What finding out that a pattern is too large can cost.
  static let costOfFailure = 200_000

  let groupCount: Int
  /// How many instructions it has become.
  let size: Int
  private let pattern: OpaquePointer

  init(_ pattern: String) throws(Failure) {
    let bytes = Array(pattern.utf8)
    guard bytes.count <= Self.lengthLimit else {
      throw Failure(message: "it has \(bytes.count) bytes, and at most \(Self.lengthLimit) are allowed")
    }
    if Self.asksForBytes(bytes) { throw Failure(message: "invalid escape sequence: \\C") }
    var length = 0
    var message = [UInt8](repeating: 0, count: Self.messageLimit)
    let compiled = bytes.withUnsafeBytes { text in
      message.withUnsafeMutableBytes { words in
        cre2_compile(
          text.bindMemory(to: CChar.self).baseAddress, text.count, Self.memoryLimit,
          words.bindMemory(to: CChar.self).baseAddress, words.count, &length)
      }
    }
    guard let compiled else {
      throw Failure(message: Self.words(message.prefix(length)))
    }
    self.pattern = compiled
    groupCount = Int(cre2_group_count(compiled))
    size = Int(cre2_program_size(compiled))
  }

  deinit { cre2_free(pattern) }

  private static let messageLimit = 300

  /// RE2's words quote the pattern, so they may be long, and cut in a code point.
  private static func words(_ bytes: ArraySlice<UInt8>) -> String {
    if bytes.count < messageLimit { return String(decoding: bytes, as: UTF8.self) }
    let start = bytes.lastIndex { $0 & 0xC0 != 0x80 } ?? bytes.endIndex
    return String(decoding: bytes[..<start], as: UTF8.self) + "…"
  }

  /// Whether some part of the text matches; nil if the search failed, for want of memory or because the text has more
  /// than 2^31 bytes.
  func matches(_ text: String) -> Bool? {
    var text = text
    let found = text.withUTF8 { bytes in
      bytes.withMemoryRebound(to: CChar.self) { cre2_matches(pattern, $0.baseAddress, $0.count) }
    }
    return found < 0 ? nil : found == 1
  }

  /// What became of a search.
  enum Search {
    case found(Match)
    case nothing
    /// For want of memory, or because the text has more than 2^31 bytes.
    case failed
  }

  /// The leftmost match at `offset` or after it; what stands before still counts for `^` and `\b`.
  func firstMatch(in text: UnsafeBufferPointer<UInt8>, from offset: Int) -> Search {
    withUnsafeTemporaryAllocation(of: cre2_span.self, capacity: groupCount + 1) { spans in
      spans.initialize(repeating: cre2_span(start: -1, end: -1))
      let found = text.withMemoryRebound(to: CChar.self) {
        cre2_find(pattern, $0.baseAddress, $0.count, offset, spans.baseAddress, Int32(spans.count))
      }
      guard found >= 0 else { return .failed }
      guard found == 1, let whole = Self.range(spans[0]) else { return .nothing }
      return .found(Match(whole: whole, groups: spans.dropFirst().map(Self.range)))
    }
  }

  private static func range(_ span: cre2_span) -> Range<Int>? {
    span.start >= 0 && span.end >= span.start ? Int(span.start)..<Int(span.end) : nil
  }

  /// Whether `\C` stands in it, outside of `\Q…\E`.
  private static func asksForBytes(_ bytes: [UInt8]) -> Bool {
    var isQuoted = false
    var place = 0
    while place + 1 < bytes.count {
      guard bytes[place] == UInt8(ascii: "\\") else {
        place += 1
        continue
      }
      let next = bytes[place + 1]
      if isQuoted {
        isQuoted = next != UInt8(ascii: "E")
        place += isQuoted ? 1 : 2
        continue
      }
      if next == UInt8(ascii: "C") { return true }
      isQuoted = next == UInt8(ascii: "Q")
      place += 2
    }
    return false
  }
}
