import CEL
import Testing

@testable import Catalogue

@Suite struct FlowTests {
  static let catalogue =
    ["a", "b", "p", "q"].map {
      "kind: system\nid: \($0)\nname: \($0)\nclassification: public\nlifecycle: active\n---\n"
    }.joined() + "kind: dataset\nid: x\nname: X\n---\nkind: dataset\nid: y\nname: Y\n---\n"

  static func flows(_ lines: String) async throws -> (TestEstate, [String]) {
    let loaded = try await TestEstate(catalogue + "kind: integration\nfrom: a\nid: i\nto: b\n\(lines)\n")
    #expect(loaded.problems.isEmpty)
    let rows = loaded.estate.rows(ofKind: "flow")
    return (
      loaded,
      rows.map { row in
        let ends = ["source", "dataset", "destination"].map { loaded.shown(loaded.estate.value($0, of: row)) }
        return "\(loaded.estate.entity(row).id): \(ends.joined(separator: " "))"
      }
    )
  }

  @Test(arguments: [
    ("carries: [x]", ["a/i/x/out-1: a x b"]),
    ("carries: []\nfetches: [y]", ["a/i/y/back-1: b y a"]),
    ("carries: [x]\nfetches: [x]", ["a/i/x/back-1: b x a", "a/i/x/out-1: a x b"]),
    ("carries: [x, x]", ["a/i/x/out-1: a x b"]),
    ("carries: [y]\nvia: [q, p]", ["a/i/y/out-1: a y q", "a/i/y/out-2: q y p", "a/i/y/out-3: p y b"]),
    ("carries: []\nfetches: [y]\nvia: [q, p]", ["a/i/y/back-1: b y p", "a/i/y/back-2: p y q", "a/i/y/back-3: q y a"]),
    ("", ["a/i/unrecorded/out-1: a unknown(a/i.carries) b"]),
    ("carries: unknown", ["a/i/unrecorded/out-1: a unknown(a/i.carries) b"]),
    ("carries: []", []),
  ])
  func `One flow for each dataset, direction and hop`(_ lines: String, _ expected: [String]) async throws {
    let (_, flows) = try await Self.flows(lines)
    #expect(flows == expected)
  }

  @Test func `A system sends and receives what its flows move, platforms included`() async throws {
    let (loaded, _) = try await Self.flows("carries: [x]\nvia: [p]")
    #expect(try loaded.read("system:a", "sends") == "[a/i/x/out-1]")
    #expect(try loaded.read("system:a", "receives") == "[]")
    #expect(try loaded.read("system:p", "receives") == "[a/i/x/out-1]")
    #expect(try loaded.read("system:p", "sends") == "[a/i/x/out-2]")
    #expect(try loaded.read("system:b", "receives") == "[a/i/x/out-2]")
    #expect(try loaded.read("dataset:x", "flows") == "[a/i/x/out-1, a/i/x/out-2]")
    #expect(try loaded.read("integration:a/i", "flows") == "[a/i/x/out-1, a/i/x/out-2]")
    #expect(try loaded.read("flow:a/i/x/out-1", "live") == "true")
    #expect(try loaded.read("flow:a/i/x/out-1", "integration") == "a/i")
  }

  @Test func `A dangling dataset leaves a flow whose dataset is unknown`() async throws {
    let (loaded, flows) = try await Self.flows("carries: [x, z]")
    #expect(flows == ["a/i/unrecorded/out-1: a unknown(a/i.carries) b", "a/i/x/out-1: a x b"])
    #expect(loaded.findings == ["dangling-reference a.yaml:37:14 there is no dataset `z`"])
  }
}
