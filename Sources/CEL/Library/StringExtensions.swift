/// cel-go's extension of strings. Positions count code points; one outside the string is an error.
extension Function {
  private typealias Scalars = [Unicode.Scalar]

  static let stringExtensions: [Function] = [
    Function(
      "charAt", [Overload([.string, .int], .string, isMember: true)],
      .binary { x, y in
        guard case .string(let text) = x, case .int(let position) = y else { return noOverload("charAt") }
        let scalars = Array(text.unicodeScalars)
        guard position >= 0, position <= scalars.count else { return outside(position) }
        return position == scalars.count ? .string("") : .string(String(scalars[Int(position)]))
      }),
    formatFunction,
    search("indexOf", isBackwards: false),
    Function(
      "join",
      [
        Overload([.list(.string)], .string, isMember: true),
        Overload([.list(.string), .string], .string, isMember: true),
      ],
      .variadic { values in
        guard let view = values[0].listView else { return noOverload("join") }
        var separator = ""
        if values.count == 2 {
          guard case .string(let text) = values[1] else { return noOverload("join") }
          separator = text
        }
        var result = ""
        for index in 0..<view.count {
          guard case .string(let text) = view[index] else {
            return view[index].undecided.map { .unknown($0) } ?? noOverload("join")
          }
          let more = text.utf8.count + (index > 0 ? separator.utf8.count : 0)
          guard more <= textLimit - result.utf8.count else { return tooLong }
          if index > 0 { result += separator }
          result += text
        }
        return .string(result)
      }),
    search("lastIndexOf", isBackwards: true),
    mapped("lowerAscii") { scalars in
      scalars.map { ("A"..."Z").contains($0) ? Unicode.Scalar(UInt8($0.value) + 32) : $0 }
    },
    Function(
      "replace",
      [
        Overload([.string, .string, .string], .string, isMember: true),
        Overload([.string, .string, .string, .int], .string, isMember: true),
      ],
      .variadic { values in
        guard (3...4).contains(values.count), case .string(let text) = values[0], case .string(let old) = values[1],
          case .string(let new) = values[2], let limit = int(values, at: 3, default: -1)
        else { return noOverload("replace") }
        return replacing(Array(text.utf8), Array(old.utf8), Array(new.utf8), limit)
      }),
    Function(
      "split",
      [
        Overload([.string, .string], .list(.string), isMember: true),
        Overload([.string, .string, .int], .list(.string), isMember: true),
      ],
      .variadic { values in
        guard (2...3).contains(values.count), case .string(let text) = values[0],
          case .string(let separator) = values[1],
          let limit = int(values, at: 2, default: -1)
        else { return noOverload("split") }
        let parts = split(Array(text.utf8), Array(separator.utf8), limit)
        var builder = ListBuilder()
        for part in parts { builder.append(.string(String(decoding: part, as: UTF8.self))) }
        return builder.finished()
      }),
    Function(
      "strings.quote", [Overload([.string], .string)],
      .unary { value in
        guard case .string(let text) = value else { return noOverload("strings.quote") }
        return quoted(text)
      }),
    mapped("trim") { scalars in
      let isSpace: (Unicode.Scalar) -> Bool = { $0.properties.isWhitespace }
      return Scalars(Scalars(scalars.drop(while: isSpace)).reversed().drop(while: isSpace).reversed())
    },
    Function(
      "substring",
      [
        Overload([.string, .int], .string, isMember: true),
        Overload([.string, .int, .int], .string, isMember: true),
      ],
      .variadic { values in
        guard case .string(let text) = values[0], case .int(let start) = values[1],
          case let scalars = Array(text.unicodeScalars), let end = int(values, at: 2, default: Int64(scalars.count))
        else { return noOverload("substring") }
        guard start >= 0, start <= scalars.count else { return outside(start) }
        guard end >= start, end <= scalars.count else { return outside(end) }
        return .string(string(Scalars(scalars[Int(start)..<Int(end)])))
      }),
    mapped("upperAscii") { scalars in
      scalars.map { ("a"..."z").contains($0) ? Unicode.Scalar(UInt8($0.value) - 32) : $0 }
    },
  ]

  /// An argument that may be left out; nil where it is there and no int.
  private static func int(_ values: [Value], at place: Int, default absent: Int64) -> Int64? {
    guard place < values.count else { return absent }
    if case .int(let number) = values[place] { return number }
    return nil
  }

  private static func outside(_ position: Int64) -> Value {
    .error(.indexOutOfRange, "there is no position \(position) in the string")
  }

  private static func string(_ scalars: Scalars) -> String {
    var view = String.UnicodeScalarView()
    view.append(contentsOf: scalars)
    return String(view)
  }

  private static func mapped(_ name: String, _ change: @escaping @Sendable (Scalars) -> Scalars) -> Function {
    Function(
      name, [Overload([.string], .string, isMember: true)],
      .unary { value in
        guard case .string(let text) = value else { return noOverload(name) }
        return .string(string(change(Array(text.unicodeScalars))))
      })
  }

  /// `indexOf` and `lastIndexOf`: of an empty string the given place, also behind the end; of what is not there -1.
  private static func search(_ name: String, isBackwards: Bool) -> Function {
    let overloads = [
      Overload([.string, .string], .int, isMember: true), Overload([.string, .string, .int], .int, isMember: true),
    ]
    return Function(
      name, overloads,
      .variadic { values in
        guard case .string(let text) = values[0], case .string(let part) = values[1],
          case let whole = Array(text.utf8), case let count = Int64(text.unicodeScalars.count),
          let from = int(values, at: 2, default: isBackwards ? count : 0)
        else { return noOverload(name) }
        guard from >= 0, from <= count else { return part.isEmpty && from >= 0 ? .int(from) : outside(from) }
        let start = offset(ofCodePoint: Int(from), in: whole)
        let search = TextSearch(Array(part.utf8))
        guard let found = isBackwards ? search.last(in: whole, upTo: start) : search.first(in: whole, from: start)
        else {
          return .int(-1)
        }
        return .int(Int64(whole[..<found].count(where: startsCodePoint)))
      })
  }

  private static func startsCodePoint(_ byte: UInt8) -> Bool { byte & 0xc0 != 0x80 }

  /// Where a code point begins, in bytes; the end of the text for the one behind the last.
  private static func offset(ofCodePoint position: Int, in bytes: [UInt8]) -> Int {
    var rest = position
    for (place, byte) in bytes.enumerated() where startsCodePoint(byte) {
      if rest == 0 { return place }
      rest -= 1
    }
    return bytes.count
  }

  /// At most `limit` parts, all where it is negative; the last holds the rest. By an empty separator: code points.
  private static func split(_ text: [UInt8], _ separator: [UInt8], _ limit: Int64) -> [ArraySlice<UInt8>] {
    if limit == 0 || separator.isEmpty && text.isEmpty { return [] }
    let search = TextSearch(separator)
    var parts: [ArraySlice<UInt8>] = []
    var start = 0
    while limit < 0 || parts.count < limit - 1 {
      let end: Int?
      if separator.isEmpty {
        end = text.indices.dropFirst(start + 1).first { startsCodePoint(text[$0]) }
      } else {
        end = search.first(in: text, from: start)
      }
      guard let end else { break }
      parts.append(text[start..<end])
      start = end + separator.count
    }
    return parts + [text[start...]]
  }

  /// An empty text stands before each code point and at the end.
  private static func replacing(_ text: [UInt8], _ old: [UInt8], _ new: [UInt8], _ limit: Int64) -> Value {
    let search = TextSearch(old)
    var result: [UInt8] = []
    var count: Int64 = 0
    // Up to here the text is in the result.
    var done = 0
    var next: Int? = 0
    while limit < 0 || count < limit, let from = next, let place = search.first(in: text, from: from) {
      guard new.count + place - done <= textLimit - result.count else { return tooLong }
      result += text[done..<place]
      result += new
      done = place + old.count
      count += 1
      next = old.isEmpty ? text.indices.dropFirst(place + 1).first { startsCodePoint(text[$0]) } : done
      if old.isEmpty, next == nil, place < text.count { next = text.count }
    }
    result += text[done...]
    // What is not longer than the text is no growth.
    guard result.count <= max(textLimit, text.count) else { return tooLong }
    return .string(String(decoding: result, as: UTF8.self))
  }

  /// Between quotation marks, with the escapes of a literal for what would break a line or end the text.
  private static func quoted(_ text: String) -> Value {
    let escapes: [UInt8: Unicode.Scalar] = [
      0x07: "a", 0x08: "b", 0x0c: "f", 0x0a: "n", 0x0d: "r", 0x09: "t", 0x0b: "v", 0x5c: "\\", 0x22: "\"",
    ]
    var result = [UInt8(ascii: "\"")]
    for byte in text.utf8 {
      if let escape = escapes[byte] {
        result += [UInt8(ascii: "\\"), UInt8(ascii: escape)]
      } else {
        result.append(byte)
      }
    }
    result.append(UInt8(ascii: "\""))
    return result.count <= textLimit ? .string(String(decoding: result, as: UTF8.self)) : tooLong
  }
}
