import CEL
import Diagnostics
import Foundation
import Testing

@testable import Catalogue
@testable import Governance

/// What a catalogue says, in its own view and in every initiative's, is the same under a new name.
@Suite struct RandomRenameTests {
  /// How many seeds there are; the environment gives another number. Sixty were run.
  private static let seeds = Int(ProcessInfo.processInfo.environment["RENAMES"] ?? "") ?? 3

  /// Every fact of every view by its name, with an entity called by another one.
  private static func facts(_ estate: Estate, _ kind: String, _ old: String, as new: String) -> Set<String> {
    var result = facts(estate, "", kind, old, as: new)
    for item in estate.initiativeViews() {
      let days = Set([item.date] + item.view.changeDates)
      for day in days {
        let seen = estate.seen(in: item.view, at: day)
        result.formUnion(facts(seen, "\(item.initiative.id) \(day.text) ", kind, old, as: new))
      }
    }
    return result
  }

  private static func facts(
    _ estate: Estate, _ label: String, _ kind: String, _ old: String, as new: String
  ) -> Set<String> {
    var result: Set<String> = []
    for (key, value) in EstateTexts(estate).values {
      // A name is by default the id; ids and aliases are what a rename is about.
      if [".name", ".id", ".aliases"].contains(where: { key.hasSuffix($0) }) { continue }
      let text = "\(key): \(value)".split(whereSeparator: { " []{}".contains($0) }).map { word in
        // Which of several gaps is named for a value depends on the order of rows, too.
        let gap = word.firstIndex(of: "?")
        return renamed(String(word[..<(gap ?? word.endIndex)]), kind, old, as: new) + (gap == nil ? "" : "?")
      }
      // Lists are in the order of rows, which is that of ids.
      result.insert(label + text.sorted().joined(separator: " "))
    }
    return result
  }

  /// `kind:id`, a part or a flow of it, a flow of a dataset, with or without a field behind it.
  private static func renamed(_ word: String, _ kind: String, _ old: String, as new: String) -> String {
    guard let colon = word.firstIndex(of: ":") else { return word }
    let isOwn = word[..<colon] == kind
    let isPart = ["integration", "module", "flow"].contains(word[..<colon])
    let end = word[colon...].firstIndex(of: ".") ?? word.endIndex
    var parts = word[word.index(after: colon)..<end].split(separator: "/", omittingEmptySubsequences: false).map(
      String.init)
    if isOwn || isPart && kind == "system", parts.first == old { parts[0] = new }
    if kind == "dataset", word.hasPrefix("flow:"), parts.count > 2, parts[parts.count - 2] == old {
      parts[parts.count - 2] = new
    }
    return "\(word[...colon])\(parts.joined(separator: "/"))\(word[end...])"
  }

  @Test func `a rename changes nothing but names`() async throws {
    let asOf = try #require(CivilDate(RandomExchange.asOf))
    var count = (renamed: 0, refused: 0)
    for seed in 0..<Self.seeds {
      let documents = [RandomExchange.vocabulary] + RandomExchange(seed: UInt64(seed)).documents
      let files = documents.enumerated().map { SourceText(name: "\($0).yaml", text: $1) }
      let before = await RepositoryReader.read(files, asOf: asOf, tasks: 1)
      let errors = before.diagnostics.filter { $0.severity == .error }
      for kind in ["system", "dataset", "organisation"] {
        for row in before.estate.rows(ofKind: kind).prefix(2) where before.estate.entity(row).node != nil {
          let old = before.estate.entity(row).id
          let rename = EntityRename.prepare(row, to: "a-new-name", before.estate, files)
          guard rename.problems.isEmpty else {
            count.refused += 1
            continue
          }
          count.renamed += 1
          let changed = Dictionary(uniqueKeysWithValues: rename.changes.map { ($0.name, $0.after) })
          let after = await RepositoryReader.read(
            files.map { SourceText(name: $0.name, bytes: changed[$0.name] ?? $0.bytes) }, asOf: asOf, tasks: 1)
          let name = "seed \(seed), \(kind):\(old)"
          #expect(after.diagnostics.count { $0.severity == .error } == errors.count, "\(name)")
          #expect(
            after.estate.integrity.count { $0.rule == .aliasUsed }
              == before.estate.integrity.count { $0.rule == .aliasUsed }, "\(name)")
          let (was, now) = (
            Self.facts(before.estate, kind, old, as: "a-new-name"),
            Self.facts(after.estate, kind, "a-new-name", as: "a-new-name")
          )
          let differences = was.symmetricDifference(now).sorted()
          if !differences.isEmpty {
            Issue.record("\(name): \(differences.count) differences\n\(differences.prefix(8).joined(separator: "\n"))")
            return
          }
        }
      }
    }
    #expect(count.renamed > Self.seeds * 4, "\(count)")
    #expect(count.refused * 10 < count.renamed, "\(count)")
  }
}
