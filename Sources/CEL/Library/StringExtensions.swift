/// cel-go's extension of strings, but for `format`. Positions count code points; one outside the string is an error.
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
          guard case .string(let text) = view[index] else { return noOverload("join") }
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
        guard case .string(let text) = values[0], case .string(let old) = values[1], case .string(let new) = values[2],
          let limit = int(values, at: 3, default: -1)
        else { return noOverload("replace") }
        return .string(replacing(Array(text.unicodeScalars), Array(old.unicodeScalars), new, limit))
      }),
    Function(
      "split",
      [
        Overload([.string, .string], .list(.string), isMember: true),
        Overload([.string, .string, .int], .list(.string), isMember: true),
      ],
      .variadic { values in
        guard case .string(let text) = values[0], case .string(let separator) = values[1],
          let limit = int(values, at: 2, default: -1)
        else { return noOverload("split") }
        let parts = split(Array(text.unicodeScalars), Array(separator.unicodeScalars), limit)
        return .list(parts.map { .string(string($0)) })
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
          case let whole = Array(text.unicodeScalars), case let wanted = Array(part.unicodeScalars),
          let from = int(values, at: 2, default: isBackwards ? Int64(whole.count) : 0)
        else { return noOverload(name) }
        guard from >= 0, from <= whole.count else {
          return wanted.isEmpty && from >= 0 ? .int(from) : outside(from)
        }
        if wanted.isEmpty { return .int(from) }
        let last = whole.count - wanted.count
        let places =
          isBackwards
          ? stride(from: min(Int(from), last), through: 0, by: -1) : stride(from: Int(from), through: last, by: 1)
        let found = places.first { whole[$0..<($0 + wanted.count)].elementsEqual(wanted) }
        return .int(Int64(found ?? -1))
      })
  }

  /// At most `limit` parts, all where it is negative; the last holds the rest.
  private static func split(_ text: Scalars, _ separator: Scalars, _ limit: Int64) -> [Scalars] {
    if limit == 0 { return [] }
    var parts: [Scalars] = []
    var start = 0
    var place = 0
    while limit < 0 || parts.count < limit - 1 {
      if separator.isEmpty {
        guard place + 1 < text.count else { break }
        place += 1
        parts.append(Scalars(text[start..<place]))
        start = place
        continue
      }
      guard place + separator.count <= text.count else { break }
      if text[place..<(place + separator.count)].elementsEqual(separator) {
        parts.append(Scalars(text[start..<place]))
        place += separator.count
        start = place
      } else {
        place += 1
      }
    }
    if separator.isEmpty, text.isEmpty { return [] }
    return parts + [Scalars(text[start...])]
  }

  private static func replacing(_ text: Scalars, _ old: Scalars, _ new: String, _ limit: Int64) -> String {
    var result = ""
    var count: Int64 = 0
    var place = 0
    while place <= text.count {
      let isHere = place + old.count <= text.count && text[place..<(place + old.count)].elementsEqual(old)
      if isHere, limit < 0 || count < limit {
        result += new
        count += 1
        place += old.count
        if !old.isEmpty { continue }
      }
      if place < text.count { result.unicodeScalars.append(text[place]) }
      place += 1
    }
    return result
  }
}
