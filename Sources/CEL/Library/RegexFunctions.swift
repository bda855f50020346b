/// `matches` of the standard definitions, and cel-go's extension of regular expressions. A pattern that is written out is
/// compiled with the expression; the text that is searched is charged to the frame.
extension Function {
  static let regexFunctions: [Function] = [
    searching(
      "matches",
      [Overload([.string, .string], .bool), Overload([.string, .string], .bool, isMember: true)], problem: noProblem
    ) { frame, regex, values in
      guard case .string(let text) = values[0] else { return noOverload("matches") }
      guard frame.spend(onText: text.utf8.count) else { return frame.costError }
      return regex.matches(text).map { .bool($0) } ?? failedSearch
    },
    // Of a pattern with a group what the group holds, which is none where that is nothing.
    searching("regex.extract", [Overload([.string, .string], .optional(.string))], problem: manyGroups) {
      frame, regex, values in
      guard case .string(let text) = values[0] else { return noOverload("regex.extract") }
      if let problem = manyGroups(regex, [nil, nil]) { return .error(.invalidArgument, problem.message) }
      var result: Value = .optional(nil)
      let stop = frame.search(text, regex) { match, bytes, _ in
        if let range = match.extracted {
          result = .optional(.string(String(decoding: bytes[range], as: UTF8.self)))
        }
        return false
      }
      return stop ?? result
    },
    searching("regex.extractAll", [Overload([.string, .string], .list(.string))], problem: manyGroups) {
      frame, regex, values in
      guard case .string(let text) = values[0] else { return noOverload("regex.extractAll") }
      if let problem = manyGroups(regex, [nil, nil]) { return .error(.invalidArgument, problem.message) }
      var parts: [Value] = []
      let stop = frame.search(text, regex) { match, bytes, _ in
        if let range = match.extracted { parts.append(.string(String(decoding: bytes[range], as: UTF8.self))) }
        return true
      }
      return stop ?? .list(parts)
    },
    searching(
      "regex.replace",
      [
        Overload([.string, .string, .string], .string), Overload([.string, .string, .string, .int], .string),
      ], problem: badReplacement
    ) { frame, regex, values in
      guard case .string(let text) = values[0], case .string(let written) = values[2] else {
        return noOverload("regex.replace")
      }
      var limit = Int64.max
      if values.count == 4 {
        guard case .int(let count) = values[3] else { return noOverload("regex.replace") }
        if count > Int64(Int32.max) { return overflow }
        if count >= 0 { limit = count }
      }
      if limit == 0 { return values[0] }
      switch Replacement.read(written, groupCount: regex.groupCount) {
      case .failure(let failure): return .error(.invalidArgument, failure.message)
      case .success(let replacement): return replace(text, regex, replacement, limit, &frame)
      }
    },
  ]

  private typealias Problem = @Sendable (Regex, [String?]) -> LiteralProblem?

  /// A function whose second argument is a pattern. `problem` finds what is wrong with literals beside a good pattern.
  private static func searching(
    _ name: String, _ overloads: [Overload], problem: @escaping Problem,
    _ body: @escaping @Sendable (inout Frame, Regex, [Value]) -> Value
  ) -> Function {
    Function(
      name, overloads,
      .contextual { frame, values in
        guard case .string(let pattern) = values[1] else { return noOverload(name) }
        switch frame.regex(pattern) {
        case .failure(let failure): return .error(.invalidArgument, failure.described(pattern))
        case .success(let regex): return body(&frame, regex, values)
        }
      }
    ).preparing { constants in
      guard constants.count >= 2, case .string(let pattern)? = constants[1], let regex = try? Regex(pattern) else {
        return nil
      }
      return .contextual { frame, values in body(&frame, regex, values) }
    }.checkingLiterals { texts in
      guard texts.count >= 2, let pattern = texts[1] else { return nil }
      do throws(Regex.Failure) {
        return problem(try Regex(pattern), texts)
      } catch {
        return LiteralProblem(
          "invalid-regex", argument: 1, error.described(pattern),
          notes: ["its syntax is RE2's; `^[a-z]+-[0-9]{2,4}$` is one"])
      }
    }
  }

  static let failedSearch = Value.error(.invalidArgument, "the text is too large for a regular expression")
  private static let noProblem: Problem = { _, _ in nil }

  private static let manyGroups: Problem = { regex, _ in
    if regex.groupCount <= 1 { return nil }
    return LiteralProblem(
      "invalid-regex", argument: 1,
      "the regular expression has \(regex.groupCount) groups, and what is extracted is one group or the whole",
      notes: ["a group that only holds things together is written `(?:…)`"])
  }

  private static let badReplacement: Problem = { regex, texts in
    guard texts.count >= 3, let written = texts[2],
      case .failure(let failure) = Replacement.read(written, groupCount: regex.groupCount)
    else { return nil }
    return LiteralProblem(
      "invalid-replacement", argument: 2, failure.message,
      notes: [#"`\1` is the first group, `\0` the whole match, `\\` a backslash; in quotes, r'\1'"#])
  }

  private static func replace(
    _ text: String, _ regex: Regex, _ replacement: Replacement, _ limit: Int64, _ frame: inout Frame
  ) -> Value {
    var result: [UInt8] = []
    var copied = 0
    var count: Int64 = 0
    var isTooLong = false
    let stop = frame.search(text, regex) { match, bytes, frame in
      let before = result.count
      let between = copied..<match.whole.lowerBound
      guard between.count <= textLimit - result.count else {
        isTooLong = true
        return false
      }
      result.append(contentsOf: bytes[between])
      guard replacement.write(match, of: bytes, to: &result) else {
        isTooLong = true
        return false
      }
      copied = match.whole.upperBound
      count += 1
      // Memory is dearer than looking.
      return frame.spend((result.count - before) / 8) && count < limit
    }
    if let stop { return stop }
    if isTooLong || text.utf8.count - copied > textLimit - result.count { return tooLong }
    if frame.cost > frame.costLimit { return frame.costError }
    var text = text
    text.withUTF8 { result.append(contentsOf: $0[copied...]) }
    return .string(String(decoding: result, as: UTF8.self))
  }
}

extension Frame {
  /// Calls `use` with each match, from left to right, until it is false. Matches do not overlap, and an empty one does not
  /// touch the one before it. The result is the error that ended the search, if one did.
  ///
  /// Each search may look at all of the rest, so all of it is charged.
  mutating func search(
    _ text: String, _ regex: Regex, _ use: (Regex.Match, UnsafeBufferPointer<UInt8>, inout Frame) -> Bool
  ) -> Value? {
    var text = text
    return text.withUTF8 { bytes in
      var place = 0
      var lastEnd = -1
      while place <= bytes.count {
        guard spend(onText: bytes.count - place) else { return costError }
        switch regex.firstMatch(in: bytes, from: place) {
        case .nothing: return nil
        case .failed: return Function.failedSearch
        case .found(let match):
          let isNew = !match.whole.isEmpty || match.whole.lowerBound != lastEnd
          lastEnd = match.whole.upperBound
          place = max(place, lastEnd)
          if match.whole.isEmpty {
            // To the next code point.
            place += 1
            while place < bytes.count, bytes[place] & 0xC0 == 0x80 { place += 1 }
          }
          if isNew, !use(match, bytes, &self) { return nil }
        }
      }
      return nil
    }
  }
}
