import Testing

@testable import CEL

/// Values of a host's own types.
@Suite struct OpaqueValueTests {
  struct Money: OpaqueValue {
    static let typeName = "shop.Money"
    var pence: Int
    var text: String? { "\(pence)p" }
  }

  struct Token: OpaqueValue {
    static let typeName = "shop.Token"
    var id: Int
  }

  static var bench: Workbench {
    var bench = Workbench()
    bench.environment.variables["cheap"] = .constant(.opaque(Money(pence: 5)), Money.type)
    bench.environment.variables["dear"] = .constant(.opaque(Money(pence: 500)), Money.type)
    bench.environment.variables["token"] = .constant(.opaque(Token(id: 5)), Token.type)
    bench.environment.hostFunctions["double"] = nil
    bench.environment.hostFunctions["twice"] = Function(
      "twice", [Overload([Money.type], Money.type, isMember: true)],
      .unary { value in
        guard let money = value.opaque(as: Money.self) else { return .error(.noSuchOverload, "no money") }
        return .opaque(Money(pence: money.pence * 2))
      })
    return bench
  }

  @Test(
    "They are passed on, compared, hashed and named",
    arguments: [
      Expectation("cheap == cheap", is: "true"), Expectation("cheap == dear", is: "false"),
      Expectation("cheap.twice() == cheap", is: "false"), Expectation("cheap.twice()", is: "10p"),
      Expectation("[cheap, dear, cheap].distinct().size()", is: "2"),
      Expectation("[cheap, dear].groupBy(m, m).size()", is: "2"), Expectation("dear in [cheap]", is: "false"),
      Expectation("type(cheap) == type(dear)", is: "true"),
    ])
  func use(item: Expectation) { item.verify(in: Self.bench) }

  @Test("Values of different types are not equal, and the checker tells them apart")
  func types() {
    #expect(Self.bench.problems("cheap == token").count == 1)
    #expect(Self.bench.problems("token.twice()").count == 1)
    #expect(Value.equal(.opaque(Money(pence: 5)), .opaque(Token(id: 5))).isFalse)
    #expect(Value.opaque(Token(id: 5)).text == nil)
    #expect(Value.opaque(Token(id: 5)).runtimeType == .abstract("shop.Token", []))
  }

  @Test("A value stays as small as it was")
  func size() { #expect(MemoryLayout<Value>.stride <= 24) }
}
