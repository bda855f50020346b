/// An address and the length of its network's prefix (RFC 4632, RFC 4291 section 2.3): CEL's `net.CIDR`. The bits
/// behind the prefix are kept.
public struct IPNetwork: OpaqueValue {
  public static let typeName = "net.CIDR"

  public let address: IPAddress
  /// 0 to 32, or 0 to 128.
  public let prefixLength: Int

  /// - Precondition: the prefix is no longer than the address.
  private init(address: IPAddress, prefixLength: Int) {
    self.address = address
    self.prefixLength = prefixLength
  }

  /// `192.0.2.0/24` or `2001:db8::/32`; nil for everything else, and for an IPv4-mapped IPv6 address.
  public init?(_ text: some StringProtocol) {
    let bytes = Array(text.utf8)
    guard let slash = bytes.firstIndex(of: UInt8(ascii: "/")),
      let address = IPAddress(String(decoding: bytes[..<slash], as: UTF8.self)),
      // One with colons that is an IPv4 address is mapped: its prefix would count other bits.
      address.family == 6 || !bytes.contains(UInt8(ascii: ":")),
      let length = IPAddress.decimal(bytes[(slash + 1)...], upTo: address.width)
    else { return nil }
    self.init(address: address, prefixLength: length)
  }

  public var text: String? { address.text.map { "\($0)/\(prefixLength)" } }

  /// The same network with nothing behind its prefix.
  public var masked: IPNetwork {
    // Shifting by the whole width of the type gives zero.
    let rest = UInt128(address.width - prefixLength)
    return IPNetwork(
      address: IPAddress(bits: (address.bits >> rest) << rest, family: address.family), prefixLength: prefixLength)
  }

  public func contains(_ other: IPAddress) -> Bool {
    let rest = UInt128(address.width - prefixLength)
    return other.family == address.family && other.bits >> rest == address.bits >> rest
  }

  /// Whether every address of another network is in this one.
  public func contains(_ other: IPNetwork) -> Bool {
    other.prefixLength >= prefixLength && contains(other.address)
  }
}
