import CEL
import Catalogue
import Diagnostics
import Testing

@testable import Governance

/// The generator of random repositories makes what other tests rely on: valid documents with rules that find something.
@Suite struct RandomRepositoryTests {
  @Test func `The same seed gives the same documents, another seed others`() {
    for usesViews in [false, true] {
      let first = RandomRepository(seed: 7, usesViews: usesViews).documents
      #expect(first == RandomRepository(seed: 7, usesViews: usesViews).documents)
      #expect(first != RandomRepository(seed: 8, usesViews: usesViews).documents)
    }
  }

  @Test(arguments: 0..<10)
  func `Two hundred repositories load without a mistake and every rule compiles`(_ batch: UInt64) async {
    var failing = 0
    var rules = 0
    for seed in batch * 20..<batch * 20 + 20 {
      // What is unlinked need not be there: that is told, and nothing more comes of it.
      let repository = RandomRepository(seed: seed, usesViews: false)
      let checked = await repository.checked()
      #expect(checked.diagnostics.filter { $0.id != "not-linked" }.map(\.line) == [], "seed \(seed)")
      #expect(checked.book.rules.map(\.id) == repository.rules.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) })
      #expect(checked.count(.error) == 0, "seed \(seed): \(checked.outcomes)")
      for result in checked.assessment.results {
        rules += 1
        if result.counts[.failed] > 0 { failing += 1 }
      }
    }
    // Neither nearly all nor hardly any: a comparison of outcomes would say little.
    #expect(failing * 5 > rules && failing * 5 < rules * 4, "\(failing) of \(rules) rules fail somewhere")
  }

  /// Each piece of text stands in a fair number of repositories.
  @Test(arguments: [
    ("initiative", ["adds:", "changes:", "retires:", "set: {", "unset: [", "link: {", "unlink: {", "lifecycle."]),
    ("initiative", ["{kind: node", "{kind: link", "{kind: service", "{kind: item", "date: ", "goLive: ", "links: ["]),
    ("initiative", ["idea", "proposal", "design", "build", "transition", "live", "closed"].map { "stage: \($0)\n" }),
    ("decision", ["approved\n", "approved-with-conditions\n", "rejected\n", "deferred\n"].map { "outcome: \($0)" }),
    ("rule", ["before(", "changed(", "added(", "touched(", "retired(", "at(", "timeline(", "initiative.", ".edits"]),
    ("rule", ["every(initiative)", "for: initiative", "for: view", "measure:", "each:", "', '", "closure(", "key:"]),
    ("rule", [".reaches", ".reachedBy", ".fails", ".stops", ".alarmed", ".depth", ".height", ".uses2", ".usedBy2"]),
    (
      "rule", [".echoes", ".evens", ".evenOf", ".odds", ".peers", ".peerOf", ".crowd", ".overdue", ".rests", ".burden"]
    ),
  ])
  func `Every sort of entry, decision and rule comes up`(kind: String, pieces: [String]) {
    var counts = Array(repeating: 0, count: pieces.count)
    for seed in 0..<UInt64(200) {
      let documents = RandomRepository(seed: seed, usesViews: true).documents.filter { $0.hasPrefix("kind: \(kind)\n") }
      for (index, piece) in pieces.enumerated() where documents.contains(where: { "\($0)\n".contains(piece) }) {
        counts[index] += 1
      }
    }
    for (piece, count) in zip(pieces, counts) { #expect(count >= 10, "\(piece) is in \(count) of 200 repositories") }
  }

  @Test(arguments: 0..<20)
  func `Expressions about views are syntactically sound`(seed: UInt64) {
    var expressions = RandomExpressions(RandomNumbers(seed: seed), usesViews: true)
    expressions.mentionsInitiative = true
    let scope = [RandomExpressions.Variable(name: "self", kind: .node)]
    for _ in 0..<50 {
      let text = expressions.condition(scope, depth: 3)
      #expect(Parser.parse(Array(text.utf8), macros: MacroSignature.all).problems.isEmpty, "\(text)")
    }
  }

  @Test(arguments: 0..<10)
  func `Other files and another order change no outcome`(seed: UInt64) async {
    let repository = RandomRepository(seed: seed, usesViews: false)
    let plain = await repository.checked()
    let dealt = await Checked(repository.dealt(seed: seed), asOf: RandomRepository.asOf, tasks: 2)
    #expect(dealt.diagnostics.filter { $0.id != "not-linked" }.map(\.line) == [])
    #expect(dealt.outcomes == plain.outcomes)
    #expect(dealt.assessment.counts == plain.assessment.counts)
  }

  @Test func `A fault is brought down to the documents and lines that make it`() async throws {
    let documents = RandomRepository(seed: 3, usesViews: false).documents
    let rule = "kind: rule\nid: r\nname: R\ntitle: T\nfor: node\nseverity: major\nstage: idea\nmessage: M\nremedy: Q\n"
    let shrunk = await RandomRepository.shrunk(documents + [rule + "require: self.from.size() == 0"]) { texts in
      let checked = await Checked(RandomRepository.files(of: texts), asOf: RandomRepository.asOf, tasks: 1)
      return checked.diagnostics.allSatisfy { $0.id == "not-linked" }
        && checked.result(of: "r").map { $0.counts[.failed] > 0 } ?? false
    }
    #expect(shrunk.count <= 4, "the vocabulary, the rule, a node that leads to a node: \(shrunk.dropFirst())")
    #expect(shrunk.contains { $0.contains("to: [") })
  }
}
