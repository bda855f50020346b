import CEL
import Diagnostics
import Testing
import YAMLTree

@testable import Catalogue

/// Files, places and tasks carry no meaning.
@Suite struct OrderTests {
  static let documents: [String] = {
    var result = [
      "kind: organisation\nid: o\nname: O\naliases: [old-o]",
      "kind: dataset\nid: d\nname: D", "kind: dataset\nid: e\nname: E",
      "kind: settings\nid: s\nname: S\nvalues: {limit: 3}",
      "kind: service\nid: front\nname: Front\nsupportedBy: [s1, s2]\nsupplier: old-o",
      "kind: integration\nfrom: s3\nid: extra\nto: s1\ncarries: [d]",
      "kind: initiative\nid: i\nname: I\nstage: idea\nadds: [{kind: system, id: new, name: N, classification: public}]",
      "kind: initiative\nid: j\nname: J\nstage: idea\ngoLive: 2026-05-01\nadds: [{kind: system, id: new, name: N}, {kind: dataset, id: f, name: F}]",
      "kind: initiative\nid: k\nname: K\nstage: live\nadds: [{kind: system, id: gone, name: G}]",
      "kind: evidence\nid: paper\nname: P\ntype: test\ndate: 2025-01-01\ntargets: ['system:new', 'system:s1', 'dataset:f', 'system:gone', 'system:now']",
      "kind: system\nid: broken\nname: [B",
      "kind: nothing\nid: x",
    ]
    for index in 0..<12 {
      result.append(
        """
        kind: system
        id: s\(index)
        name: System \(index)
        classification: \(index % 5 == 0 ? "unknown" : "official")
        lifecycle: {active: 20\(10 + index)-01-01, retired: 2030-01-01}
        supplier: \(index % 3 == 0 ? "old-o" : "o")
        needed: [s\((index + 1) % 12), s\((index * 5) % 12)]
        fallback: s\((index + 3) % 12)
        holds: [d, \(index % 4 == 0 ? "nowhere" : "e")]
        tagz: [a]
        integrations: [{to: s\((index + 2) % 12), via: [s\((index + 5) % 12), s\((index + 4) % 12)], carries: [e, d]}, {id: pull, to: broken, fetches: [d]}]
        """)
    }
    return result
  }()

  static func read(_ texts: [String], tasks: Int = 1) async throws -> EstateSnapshot {
    var files = texts.enumerated().map { SourceText(name: "f\($0).yaml", text: $1) }
    files.append(SourceText(name: "m.yaml", text: testMetamodel))
    let date = try #require(CivilDate("2026-01-01"))
    return EstateSnapshot(await RepositoryReader.read(files, asOf: date, tasks: tasks))
  }

  @Test func `Shuffling documents among files changes nothing but places`() async throws {
    let expected = try await Self.read([Self.documents.joined(separator: "\n---\n")])
    #expect(expected.rows.count > 30)
    #expect(expected.diagnostics.count > 10)
    for seed in 0..<20 {
      var generator = SeededGenerator(seed: UInt64(seed))
      let fileCount = Int.random(in: 1...6, using: &generator)
      var files = Array(repeating: [String](), count: fileCount)
      for document in Self.documents.shuffled(using: &generator) {
        files[Int.random(in: 0..<fileCount, using: &generator)].append(document)
      }
      let found = try await Self.read(files.map { $0.joined(separator: "\n---\n") })
      #expect(found.rows == expected.rows, "seed \(seed)")
      #expect(found.values == expected.values, "seed \(seed)")
      #expect(found.diagnostics == expected.diagnostics, "seed \(seed)")
      #expect(found.settings == expected.settings, "seed \(seed)")
    }
  }

  @Test func `One task and eight read the same`() async throws {
    let files = try ShippedRepository.documents()
    let date = try #require(CivilDate("2026-12-01"))
    let one = await RepositoryReader.read(files, asOf: date, tasks: 1)
    let eight = await RepositoryReader.read(files.reversed(), asOf: date, tasks: 8)
    #expect(EstateSnapshot(one) == EstateSnapshot(eight))
    #expect(one.diagnostics.map(\.summary) == eight.diagnostics.map(\.summary))
  }

  @Test func `Two tasks that each read half of the documents and rows find what one finds`() async throws {
    let date = try #require(CivilDate("2026-12-01"))
    func loaded(_ files: [SourceText], fewestForTwo: Int) -> RepositoryReader.Result {
      let parsed = files.map { YAMLFile.parse($0) }
      let documents = parsed.flatMap { $0.documents.map(\.root) }
      let vocabulary = documents.filter { $0.isMapping && $0.first("kind")?.textEquals("metamodel") == true }
      let (metamodel, _) = MetamodelBuilder.build(vocabulary)
      var options = EstateLoader.Options(asOf: date)
      options.fewestForTwo = fewestForTwo
      let estate = EstateLoader.load(
        documents, metamodel, options, broken: parsed.flatMap(\.brokenDocuments))
      return RepositoryReader.Result(
        estate: estate, metamodel: metamodel, diagnostics: estate.diagnostics, isVocabularyWhole: true)
    }
    let own = [
      SourceText(name: "f.yaml", text: Self.documents.joined(separator: "\n---\n")),
      SourceText(name: "m.yaml", text: testMetamodel),
      // What has no row is looked at, too, whoever read it.
      SourceText(name: "n.yaml", text: "kind: system\nnonesuch: here\n"),
    ]
    for files in [own, try ShippedRepository.documents()] {
      let (one, two) = (loaded(files, fewestForTwo: .max), loaded(files, fewestForTwo: 2))
      #expect(EstateSnapshot(one) == EstateSnapshot(two))
      #expect(one.diagnostics.map(\.summary) == two.diagnostics.map(\.summary))
      #expect(one.diagnostics.count == two.diagnostics.count)
    }
  }
}
