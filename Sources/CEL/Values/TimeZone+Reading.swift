extension TimeZone {
  /// No offset is further from UTC than this, in seconds (RFC 8536, 3.2).
  private static let offsetRange: ClosedRange<Int32> = -89_999...93_599

  /// Reads a TZif file of any version; nil where it is none, is cut short, contradicts itself, or counts leap seconds,
  /// which CEL's instants do not.
  package init?(tzif bytes: [UInt8]) {
    var reader = Reader(bytes: bytes)
    guard let short = Header(&reader) else { return nil }
    guard short.version >= UInt8(ascii: "2") else {
      self.init(&reader, short, timeSize: 4)
      return
    }
    // From version 2 on a block of 32-bit times comes first, which is not for us.
    guard reader.skip(short.blockSize(timeSize: 4)), let header = Header(&reader) else { return nil }
    self.init(&reader, header, timeSize: 8)
  }

  private init?(_ reader: inout Reader, _ header: Header, timeSize: Int) {
    guard reader.remaining >= header.blockSize(timeSize: timeSize), header.typeCount > 0, header.leapCount == 0 else {
      return nil
    }
    var moments: [Int64] = []
    for _ in 0..<header.timeCount {
      guard let moment = reader.number(ofSize: timeSize), moments.last.map({ $0 < moment }) ?? true else { return nil }
      moments.append(moment)
    }
    var types: [Int] = []
    for _ in 0..<header.timeCount {
      guard let type = reader.byte(), Int(type) < header.typeCount else { return nil }
      types.append(Int(type))
    }
    var typeOffsets: [Int32] = []
    for _ in 0..<header.typeCount {
      guard let number = reader.number(ofSize: 4), let offset = Int32(exactly: number),
        Self.offsetRange.contains(offset), let isDaylight = reader.byte(), isDaylight <= 1,
        let name = reader.byte(), Int(name) < header.nameSize
      else { return nil }
      typeOffsets.append(offset)
    }
    guard reader.skip(header.nameSize + header.standardCount + header.universalCount) else { return nil }
    var rule: TimeZoneRule?
    if timeSize == 8 {
      guard let footer = reader.footer() else { return nil }
      if !footer.isEmpty {
        guard let read = TimeZoneRule(posix: footer) else { return nil }
        rule = read
      }
    }
    self.init(moments: moments, offsets: types.map { typeOffsets[$0] }, first: typeOffsets[0], rule: rule)
  }

  private struct Header {
    /// 0, or a digit.
    let version: UInt8
    let universalCount: Int
    let standardCount: Int
    let leapCount: Int
    let timeCount: Int
    let typeCount: Int
    let nameSize: Int

    init?(_ reader: inout Reader) {
      guard reader.take(4).elementsEqual("TZif".utf8), let version = reader.byte(), reader.skip(15) else { return nil }
      var counts: [Int] = []
      for _ in 0..<6 {
        guard let count = reader.number(ofSize: 4) else { return nil }
        // No file that is read has as many; so no product below can overflow.
        guard count >= 0, count <= 1 << 24 else { return nil }
        counts.append(Int(count))
      }
      self.version = version
      (universalCount, standardCount, leapCount) = (counts[0], counts[1], counts[2])
      (timeCount, typeCount, nameSize) = (counts[3], counts[4], counts[5])
    }

    func blockSize(timeSize: Int) -> Int {
      timeCount * (timeSize + 1) + typeCount * 6 + nameSize + leapCount * (timeSize + 4) + standardCount
        + universalCount
    }
  }

  private struct Reader {
    private let bytes: [UInt8]
    private var place = 0

    init(bytes: [UInt8]) { self.bytes = bytes }

    var remaining: Int { bytes.count - place }

    mutating func take(_ count: Int) -> ArraySlice<UInt8> {
      let end = min(bytes.count, place + count)
      defer { place = end }
      return bytes[place..<end]
    }

    mutating func skip(_ count: Int) -> Bool {
      guard count <= remaining else { return false }
      place += count
      return true
    }

    mutating func byte() -> UInt8? { take(1).first }

    /// Big-endian, with a sign.
    mutating func number(ofSize size: Int) -> Int64? {
      guard remaining >= size else { return nil }
      let word = take(size).reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
      return size == 4 ? Int64(Int32(truncatingIfNeeded: word)) : Int64(bitPattern: word)
    }

    /// The line that ends the file.
    mutating func footer() -> ArraySlice<UInt8>? {
      guard byte() == UInt8(ascii: "\n") else { return nil }
      let rest = take(remaining)
      guard let end = rest.firstIndex(of: UInt8(ascii: "\n")) else { return nil }
      return rest[..<end]
    }
  }
}
