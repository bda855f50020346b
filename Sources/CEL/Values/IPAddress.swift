/// An address of the Internet Protocol, version 4 or 6, without a zone: CEL's `net.IP`.
///
/// An IPv4-mapped IPv6 address (`::ffff:c0a8:1`) is the IPv4 address that it stands for, so that both are equal.
public struct IPAddress: OpaqueValue {
  public static let typeName = "net.IP"

  /// 32 or 128 bits, in network order.
  let bits: UInt128
  /// 4 or 6.
  public let family: Int

  /// - Parameter family: 4 or 6; of a 4 the low 32 bits count.
  init(bits: UInt128, family: Int) {
    self.bits = bits
    self.family = family
  }

  /// How many bits an address of its family has.
  var width: Int { family == 4 ? 32 : 128 }

  // MARK: Reading

  /// `192.0.2.1` or `2001:db8::1` (RFC 4291, section 2.2); nil for everything else: leading zeros, zones, prefixes, and
  /// an IPv4-mapped address whose end is written with dots.
  public init?(_ text: some StringProtocol) {
    let bytes = Array(text.utf8)
    // The longest has 45 characters.
    guard bytes.count <= 45 else { return nil }
    if bytes.contains(UInt8(ascii: ":")) {
      guard let (bits, hasDots) = Self.version6(bytes) else { return nil }
      guard bits >> 32 == 0xffff else {
        self.init(bits: bits, family: 6)
        return
      }
      if hasDots { return nil }
      self.init(bits: bits & 0xffff_ffff, family: 4)
    } else {
      guard let bits = Self.version4(bytes[...]) else { return nil }
      self.init(bits: UInt128(bits), family: 4)
    }
  }

  private static func version4(_ bytes: ArraySlice<UInt8>) -> UInt32? {
    let parts = bytes.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
    guard parts.count == 4 else { return nil }
    var result: UInt32 = 0
    for part in parts {
      guard let number = decimal(part, upTo: 255) else { return nil }
      result = result << 8 | UInt32(number)
    }
    return result
  }

  private static func version6(_ bytes: [UInt8]) -> (bits: UInt128, hasDots: Bool)? {
    let colon = UInt8(ascii: ":")
    var groups: [UInt16] = []
    // How many groups stand before the `::`.
    var gap: Int?
    var hasDots = false
    var rest = bytes[...]
    if rest.starts(with: [colon, colon]) {
      gap = 0
      rest = rest.dropFirst(2)
    }
    while !rest.isEmpty {
      let part = rest.prefix { $0 != colon }
      rest = rest.dropFirst(part.count)
      if part.contains(UInt8(ascii: ".")) {
        guard rest.isEmpty, let last = version4(part) else { return nil }
        groups += [UInt16(truncatingIfNeeded: last >> 16), UInt16(truncatingIfNeeded: last)]
        hasDots = true
        break
      }
      guard let group = hexadecimal(part) else { return nil }
      groups.append(group)
      guard !rest.isEmpty else { break }
      rest = rest.dropFirst()
      if rest.first == colon {
        guard gap == nil else { return nil }
        gap = groups.count
        rest = rest.dropFirst()
      } else if rest.isEmpty {
        return nil
      }
    }
    // The gap stands for at least one group.
    guard groups.count <= (gap == nil ? 8 : 7), gap != nil || groups.count == 8 else { return nil }
    if let gap { groups.insert(contentsOf: repeatElement(0, count: 8 - groups.count), at: gap) }
    return (groups.reduce(0) { $0 << 16 | UInt128($1) }, hasDots)
  }

  private static func hexadecimal(_ digits: ArraySlice<UInt8>) -> UInt16? {
    guard (1...4).contains(digits.count) else { return nil }
    var result: UInt16 = 0
    for digit in digits {
      let value: UInt8
      switch digit {
      case 0x30...0x39: value = digit - 0x30
      case 0x41...0x46: value = digit - 0x41 + 10
      case 0x61...0x66: value = digit - 0x61 + 10
      default: return nil
      }
      result = result << 4 | UInt16(value)
    }
    return result
  }

  /// A number of one to three digits without leading zeros.
  static func decimal(_ digits: ArraySlice<UInt8>, upTo limit: Int) -> Int? {
    guard (1...3).contains(digits.count), digits.count == 1 || digits.first != UInt8(ascii: "0"),
      digits.allSatisfy({ (0x30...0x39).contains($0) })
    else { return nil }
    let number = digits.reduce(0) { $0 * 10 + Int($1 - 0x30) }
    return number <= limit ? number : nil
  }

  // MARK: Writing

  /// The one way of writing that RFC 5952 recommends: lower case, no leading zeros, the longest run of two or more zero
  /// groups (the first of several) as `::`.
  public var text: String? {
    if family == 4 { return (0..<4).map { String(bits >> UInt128(24 - $0 * 8) & 0xff) }.joined(separator: ".") }
    let groups = (0..<8).map { UInt16(truncatingIfNeeded: bits >> UInt128(112 - $0 * 16)) }
    var longest = 0..<0
    var start = 0
    while start < 8 {
      var end = start
      while end < 8, groups[end] == 0 { end += 1 }
      if end - start > max(1, longest.count) { longest = start..<end }
      start = max(end, start + 1)
    }
    func written(_ groups: ArraySlice<UInt16>) -> String {
      groups.map { String($0, radix: 16) }.joined(separator: ":")
    }
    if longest.isEmpty { return written(groups[...]) }
    return written(groups[..<longest.lowerBound]) + "::" + written(groups[longest.upperBound...])
  }

  // MARK: What it is

  /// `0.0.0.0` or `::`.
  public var isUnspecified: Bool { bits == 0 }
  /// 127.0.0.0/8 (RFC 1122, section 3.2.1.3) or `::1` (RFC 4291, section 2.5.3).
  public var isLoopback: Bool { family == 4 ? bits >> 24 == 127 : bits == 1 }
  /// 224.0.0.0/4 or ff00::/8.
  public var isMulticast: Bool { family == 4 ? bits >> 28 == 0xe : bits >> 120 == 0xff }
  /// 224.0.0.0/24 (RFC 5771, section 4), or a multicast address whose scope is the link (RFC 4291, section 2.7).
  public var isLinkLocalMulticast: Bool {
    family == 4 ? bits >> 8 == 0xe0_0000 : isMulticast && bits >> 112 & 0xf == 2
  }
  /// 169.254.0.0/16 (RFC 3927) or fe80::/10 (RFC 4291, section 2.5.6).
  public var isLinkLocalUnicast: Bool { family == 4 ? bits >> 16 == 0xa9fe : bits >> 118 == 0x3fa }
  /// None of these, nor the broadcast address 255.255.255.255; private addresses count.
  public var isGlobalUnicast: Bool {
    !isUnspecified && !isLoopback && !isMulticast && !isLinkLocalUnicast && !(family == 4 && bits == 0xffff_ffff)
  }
}
