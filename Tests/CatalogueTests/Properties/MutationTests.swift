import CEL
import Diagnostics
import Testing

@testable import Catalogue

/// No input makes the loader crash or hang, and what it loads can be read.
@Suite struct MutationTests {
  @Test(.timeLimit(.minutes(5)), arguments: 0..<30)
  func `Bytes that are flipped, cut and doubled cost documents, never the run`(_ seed: Int) async throws {
    var generator = SeededGenerator(seed: UInt64(seed))
    let date = try #require(CivilDate("2026-12-01"))
    // Every other run keeps the vocabulary, so that the documents are understood.
    let files = try ShippedRepository.documents().map { file in
      if seed % 2 == 0, file.name.contains("/metamodel/") { return file }
      return SourceText(name: file.name, bytes: Self.mutated(file.bytes, &generator))
    }
    let result = await RepositoryReader.read(files, asOf: date)
    let snapshot = EstateSnapshot(result)
    #expect(!result.diagnostics.isEmpty)
    #expect(snapshot.rows.count == result.estate.entities.count)
    for row in result.estate.entities.indices { _ = result.estate.place(of: "name", in: Int32(row)) }
    for diagnostic in result.diagnostics { _ = SnippetRenderer().render(diagnostic) }
  }

  /// Entries in documents that are broken are read as far as they are understood, and what is merged is what they say.
  @Test(.timeLimit(.minutes(5)), arguments: 0..<12)
  func `Initiatives with flipped bytes cost entries, never the run`(_ seed: Int) async throws {
    var generator = SeededGenerator(seed: UInt64(seed) + 1_000)
    let date = try #require(CivilDate("2026-12-01"))
    let files = try ShippedRepository.documents().map { file in
      let isMutated = file.name.contains("/initiatives/") || (seed % 2 == 0 && file.name.contains("/systems/"))
      return isMutated ? SourceText(name: file.name, bytes: Self.mutated(file.bytes, &generator)) : file
    }
    let before = await RepositoryReader.read(files, asOf: date)
    for row in before.estate.rows(ofKind: "initiative") {
      _ = before.estate.comparisons(ofInitiative: row)
      let merge = InitiativeMerge.prepare(row, before.estate, files)
      for problem in merge.problems { _ = SnippetRenderer().render(problem) }
      guard !merge.changes.isEmpty, let node = before.estate.entity(row).node,
        !before.diagnostics.contains(where: { $0.range?.source === node.source })
      else { continue }
      let after = await RepositoryReader.read(ShippedMergeTests.merged(files, merge.changes), asOf: date)
      guard case .found(let live) = after.estate.find(before.estate.identity(row)) else { continue }
      #expect(after.estate.comparisons(ofInitiative: live).compactMap(\.difference) == [])
    }
  }

  private static func mutated(_ bytes: [UInt8], _ generator: inout SeededGenerator) -> [UInt8] {
    var bytes = bytes
    for _ in 0..<Int.random(in: 1...4, using: &generator) where !bytes.isEmpty {
      let place = Int.random(in: 0..<bytes.count, using: &generator)
      let end = min(bytes.count, place + Int.random(in: 1...60, using: &generator))
      switch Int.random(in: 0..<5, using: &generator) {
      case 0: bytes[place] ^= UInt8(1) << UInt8.random(in: 0..<8, using: &generator)
      case 1: bytes.removeSubrange(place..<end)
      case 2: bytes.insert(contentsOf: bytes[place..<end], at: place)
      case 3: bytes[place] = Array("\n :-[]{}#&*'\"0a".utf8).randomElement(using: &generator) ?? 0
      default:
        // A word in another's place: wrong kinds, ids and values that are well formed.
        let other = Int.random(in: 0..<bytes.count, using: &generator)
        let word = Array(bytes[other...].prefix { $0 > 0x20 && $0 != 0x2C && $0 != 0x5D }.prefix(40))
        let old = bytes[place...].prefix { $0 > 0x20 && $0 != 0x2C && $0 != 0x5D }
        bytes.replaceSubrange(old.startIndex..<old.endIndex, with: word)
      }
    }
    return bytes
  }
}
