/// The library of network addresses of the specification's suite: `net.IP` and `net.CIDR` under the names that
/// Kubernetes gave them.
extension Function {
  static let networkFunctions: [Function] = [
    Function(
      "cidr", [Overload([.string], IPNetwork.type)],
      .unary { value in
        guard case .string(let text) = value else { return noOverload("cidr") }
        return IPNetwork(text).map { .opaque($0) } ?? noNetwork
      }
    ).checkingLiterals(networkLiteral(0)),
    Function(
      "containsCIDR",
      [IPNetwork.type, .string].map { Overload([IPNetwork.type, $0], .bool, isMember: true) },
      .binary { x, y in
        guard let network = x.opaque(as: IPNetwork.self) else { return noOverload("containsCIDR") }
        if let other = y.opaque(as: IPNetwork.self) { return .bool(network.contains(other)) }
        guard case .string(let text) = y else { return noOverload("containsCIDR") }
        return IPNetwork(text).map { .bool(network.contains($0)) } ?? noNetwork
      }
    ).checkingLiterals(networkLiteral(1)),
    Function(
      "containsIP",
      [IPAddress.type, .string].map { Overload([IPNetwork.type, $0], .bool, isMember: true) },
      .binary { x, y in
        guard let network = x.opaque(as: IPNetwork.self) else { return noOverload("containsIP") }
        if let address = y.opaque(as: IPAddress.self) { return .bool(network.contains(address)) }
        guard case .string(let text) = y else { return noOverload("containsIP") }
        return IPAddress(text).map { .bool(network.contains($0)) } ?? noAddress
      }
    ).checkingLiterals(addressLiteral(1)),
    address("family", .int) { .int(Int64($0.family)) },
    Function(
      "ip", [Overload([.string], IPAddress.type), Overload([IPNetwork.type], IPAddress.type, isMember: true)],
      .unary { value in
        if let network = value.opaque(as: IPNetwork.self) { return .opaque(network.address) }
        guard case .string(let text) = value else { return noOverload("ip") }
        return IPAddress(text).map { .opaque($0) } ?? noAddress
      }
    ).checkingLiterals(addressLiteral(0)),
    Function(
      "ip.isCanonical", [Overload([.string], .bool)],
      .unary { value in
        guard case .string(let text) = value else { return noOverload("ip.isCanonical") }
        guard let canonical = IPAddress(text)?.text else { return noAddress }
        return .bool(canonical.hasSameBytes(as: text))
      }
    ).checkingLiterals(addressLiteral(0)),
    Function(
      "isCIDR", [Overload([.string], .bool)],
      .unary { value in
        guard case .string(let text) = value else { return noOverload("isCIDR") }
        return .bool(IPNetwork(text) != nil)
      }),
    address("isGlobalUnicast", .bool) { .bool($0.isGlobalUnicast) },
    Function(
      "isIP", [Overload([.string], .bool)],
      .unary { value in
        guard case .string(let text) = value else { return noOverload("isIP") }
        return .bool(IPAddress(text) != nil)
      }),
    address("isLinkLocalMulticast", .bool) { .bool($0.isLinkLocalMulticast) },
    address("isLinkLocalUnicast", .bool) { .bool($0.isLinkLocalUnicast) },
    address("isLoopback", .bool) { .bool($0.isLoopback) },
    network("isMask", .bool) { .bool($0 == $0.masked) },
    address("isUnspecified", .bool) { .bool($0.isUnspecified) },
    network("masked", IPNetwork.type) { .opaque($0.masked) },
    network("prefixLength", .int) { .int(Int64($0.prefixLength)) },
  ]

  private static let addressShape = "an IP address is written 192.0.2.1 or 2001:db8::1, without a zone"
  private static let networkShape = "a CIDR is written 192.0.2.0/24 or 2001:db8::/32, without a zone"
  private static let noAddress = Value.error(.invalidArgument, addressShape)
  private static let noNetwork = Value.error(.invalidArgument, networkShape)

  /// What is wrong with a literal at a place, the receiver's being 0.
  private static func addressLiteral(_ place: Int) -> @Sendable ([String?]) -> LiteralProblem? {
    { texts in
      guard texts.indices.contains(place), let text = texts[place], IPAddress(text) == nil else { return nil }
      return LiteralProblem("invalid-address", argument: place, "`\(text)` is no IP address", notes: [addressShape])
    }
  }

  private static func networkLiteral(_ place: Int) -> @Sendable ([String?]) -> LiteralProblem? {
    { texts in
      guard texts.indices.contains(place), let text = texts[place], IPNetwork(text) == nil else { return nil }
      return LiteralProblem("invalid-address", argument: place, "`\(text)` is no CIDR", notes: [networkShape])
    }
  }

  private static func address(
    _ name: String, _ result: ValueType, _ read: @escaping @Sendable (IPAddress) -> Value
  ) -> Function {
    Function(
      name, [Overload([IPAddress.type], result, isMember: true)],
      .unary { $0.opaque(as: IPAddress.self).map(read) ?? noOverload(name) })
  }

  private static func network(
    _ name: String, _ result: ValueType, _ read: @escaping @Sendable (IPNetwork) -> Value
  ) -> Function {
    Function(
      name, [Overload([IPNetwork.type], result, isMember: true)],
      .unary { $0.opaque(as: IPNetwork.self).map(read) ?? noOverload(name) })
  }
}
