import CEL
import Foundation
import Testing

@testable import Catalogue

@Suite struct DerivationTests {
  static func system(_ id: String, needs: [String] = [], fallback: String? = nil, _ lines: String = "") -> String {
    "kind: system\nid: \(id)\nname: \(id)\nclassification: public\nneeded: [\(needs.joined(separator: ", "))]\n"
      + (fallback.map { "fallback: \($0)\n" } ?? "") + lines + "\n---\n"
  }

  @Test func `A derived relation has its inverse, and a union's field is empty on the member that lacks what it reads`()
    async throws
  {
    let loaded = try await TestEstate(
      Self.system("a", needs: ["b"], "supplier: o\nhelpers: [p]") + Self.system("b")
        + "kind: service\nid: s\nname: S\nsupportedBy: [a]\n---\nkind: organisation\nid: o\nname: O\n---\nkind: organisation\nid: p\nname: P\n"
    )
    #expect(loaded.problems.isEmpty)
    #expect(try loaded.read("system:a", "dependsOn") == "[b]")
    #expect(try loaded.read("service:s", "dependsOn") == "[a]")
    #expect(try loaded.read("system:b", "neededBy") == "[a]")
    #expect(try loaded.read("system:a", "neededBy") == "[s]")
    #expect(try loaded.read("system:a", "suppliers") == "[o, p]")
    #expect(try loaded.read("organisation:p", "serves") == "[a]")
    #expect(try loaded.read("service:s", "suppliers") == "[]")
  }

  @Test func `A relation that one kind records and another derives has one inverse, of both`() async throws {
    let vocabulary = """
      kind: metamodel
      id: m
      name: M
      kinds:
        data: {plural: data}
        owner: {plural: owners, relations: {main: {to: data, inverse: of}, some: {to: data, many: true, inverse: within}}}
        guest:
          plural: guests
          relations: {host: {to: owner}}
          derived:
            main: {to: data, inverse: of, is: "[self.host.main]"}
            some: {to: data, inverse: within, is: self.host.some}
      """
    let text = """
      {kind: data, id: d, name: D}
      ---
      {kind: owner, id: o, name: O, main: d, some: [d]}
      ---
      {kind: guest, id: g, name: G, host: o}
      ---
      kind: initiative
      id: i
      name: I
      stage: design
      goLive: 2027-01-01
      adds: [{kind: owner, id: p, name: P, main: d, some: [d]}]
      """
    let loaded = try await TestEstate(text, metamodel: vocabulary)
    #expect(loaded.problems == [])
    #expect(try loaded.read("data:d", "of") == "[g, o]")
    #expect(try loaded.read("data:d", "within") == "[g, o]")
    let view = try #require(loaded.estate.initiativeViews().first)
    let seen = loaded.estate.seen(in: view.view, at: view.date)
    let row = try loaded.row("data:d")
    #expect(loaded.shown(seen.value("of", of: row)) == "[g, o, p]")
    #expect(loaded.shown(seen.value("within", of: row)) == "[g, o, p]")
  }

  @Test func `Needs with a fallback are no single point of failure`() async throws {
    let loaded = try await TestEstate(
      Self.system("a", needs: ["b"]) + Self.system("b", fallback: "c") + Self.system("c")
        + Self.system("d", needs: ["a", "c"]))
    #expect(try loaded.read("system:a", "failsWith") == "[a]")
    #expect(try loaded.read("system:d", "failsWith") == "[a, c, d]")
    #expect(try loaded.read("system:c", "stops") == "[c, d]")
  }

  @Test func `Recovery adds up along the longest chain`() async throws {
    let loaded = try await TestEstate(
      Self.system("a", needs: ["b", "c"]) + Self.system("b", needs: ["c"], "rto: 2h") + Self.system("c", "rto: 30m"))
    #expect(try loaded.read("system:a", "recovery") == "9000s")
    #expect(try loaded.read("system:c", "recovery") == "0s")
  }

  @Test func `What stands on a circle is unknown and names the circle; what hangs on it names it too`() async throws {
    let loaded = try await TestEstate(
      Self.system("a", needs: ["b"]) + Self.system("b", needs: ["c"]) + Self.system("c", needs: ["b", "d"])
        + Self.system("d"))
    #expect(try loaded.read("system:b", "recovery") == "unknown(b.recovery, c.recovery)")
    #expect(try loaded.read("system:c", "recovery") == "unknown(b.recovery, c.recovery)")
    #expect(try loaded.read("system:a", "recovery") == "unknown(b.recovery, c.recovery)")
    #expect(try loaded.read("system:d", "recovery") == "0s")
  }

  @Test func `Circles that share an entity are one, wherever one begins`() async throws {
    let loaded = try await TestEstate(
      Self.system("a", needs: ["b"]) + Self.system("b", needs: ["b", "c"]) + Self.system("c", needs: ["b"])
        + Self.system("d", needs: ["a", "c"]))
    for id in ["a", "b", "c", "d"] {
      #expect(try loaded.read("system:\(id)", "recovery") == "unknown(b.recovery, c.recovery)")
    }
  }

  @Test func `A chain of ten thousand does not overflow the stack`() async throws {
    let text = (0..<10_000).map { Self.system("s\($0)", needs: $0 > 0 ? ["s\($0 - 1)"] : []) }.joined()
    let metamodel = testMetamodel.split(separator: "\n").filter { !$0.contains("failsWith") }.joined(separator: "\n")
    let loaded = try await TestEstate(text, metamodel: metamodel)
    #expect(try loaded.read("system:s9999", "recovery") == "\(9999 * 3600)s")
  }

  // MARK: Against a reference

  /// Systems with needs and one fallback each, at random.
  struct RandomGraph {
    var needs: [[Int]]
    var fallback: [Int?]
    var open: [Bool]

    init(seed: UInt64) {
      var generator = SeededGenerator(seed: seed)
      let count = Int.random(in: 2...9, using: &generator)
      let density = Int.random(in: 1...4, using: &generator)
      needs = (0..<count).map { _ in
        (0..<count).filter { _ in Int.random(in: 0..<12, using: &generator) < density }
      }
      fallback = (0..<count).map { _ in
        Bool.random(using: &generator) ? Int.random(in: 0..<count, using: &generator) : nil
      }
      open = (0..<count).map { _ in Int.random(in: 0..<6, using: &generator) == 0 }
    }

    var text: String {
      needs.indices.map { index in
        DerivationTests.system(
          "s\(index)", needs: needs[index].map { "s\($0)" }, fallback: fallback[index].map { "s\($0)" },
          "open: \(open[index])")
      }.joined()
    }

    func ways(_ index: Int) -> [[Int]] { needs[index].map { [$0] + (fallback[$0].map { [$0] } ?? []) } }

    /// What stops when one is taken away: the least set that holds it and all of whose some need has no way left.
    func stopped(by removed: Int) -> Set<Int> {
      var down: Set = [removed]
      while true {
        let more = needs.indices.filter { !down.contains($0) && ways($0).contains { $0.allSatisfy(down.contains) } }
        if more.isEmpty { return down }
        down.formUnion(more)
      }
    }

    var exposed: Set<Int> {
      var found = Set(open.indices.filter { open[$0] })
      while true {
        let more = needs.indices.filter { index in
          !found.contains(index) && ways(index).contains { $0.count == 1 && found.contains($0[0]) }
        }
        if more.isEmpty { return found }
        found.formUnion(more)
      }
    }
  }

  @Test(arguments: 0..<10)
  func `Fixpoints equal removing each node in turn, on random graphs`(_ batch: Int) async throws {
    for seed in batch * 30..<batch * 30 + 30 {
      let random = RandomGraph(seed: UInt64(seed))
      let loaded = try await TestEstate(random.text)
      #expect(loaded.problems.isEmpty)
      for node in random.needs.indices {
        let expected = random.stopped(by: node).map { "s\($0)" }.sorted().joined(separator: ", ")
        #expect(try loaded.read("system:s\(node)", "stops") == "[\(expected)]", "seed \(seed)")
        #expect(try loaded.read("system:s\(node)", "exposed") == "\(random.exposed.contains(node))", "seed \(seed)")
      }
    }
  }

  /// From some thousand rows on two threads share the work.
  @Test func `A derived relation of many rows is that of each row`() async throws {
    let count = 5_000
    let text = (0..<count).map { number in
      Self.system("s-\(number)", needs: number == 0 ? [] : ["s-\((number * 7) % number)", "s-\(number / 2)"])
    }.joined()
    let loaded = try await TestEstate(text)
    for number in [0, 1, 2, 17, count / 2 - 1, count / 2, count / 2 + 1, count - 2, count - 1] {
      let value = try loaded.read("system:s-\(number)", "dependsOn")
      let expected = number == 0 ? Set<String>() : ["s-\((number * 7) % number)", "s-\(number / 2)"]
      for id in expected { #expect(value.contains(id), "s-\(number): \(value)") }
      #expect(value.components(separatedBy: "s-").count - 1 == expected.count, "s-\(number): \(value)")
    }
  }
}
