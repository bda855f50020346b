import CEL
import Diagnostics
import Foundation
import Testing

@testable import Catalogue
@testable import Governance

/// A view says what an estate says that is loaded from documents into which its initiatives' entries were written.
@Suite struct AppliedViewTests {
  /// How many seeds there are, and the first; the environment gives others. Some hundred were run of each sort.
  static let seedCount = number("TRIGLYPH_VIEW_SEEDS")
  static let firstSeed = number("TRIGLYPH_VIEW_FIRST") ?? 0

  static func number(_ name: String) -> Int? { ProcessInfo.processInfo.environment[name].flatMap { Int($0) } }

  struct Count {
    var compared = 0
    var refused = 0
  }

  /// Compares the views of all open initiatives, alone and beside others that are approved, each on the days on which
  /// something of it comes into effect, before and after; where it is to be quick, beside others and after all of
  /// these days only.
  static func compare(
    _ files: [SourceText], asOf: CivilDate, label: String, isQuick: Bool = false, _ count: inout Count
  ) async {
    let loaded = await RepositoryReader.read(files, asOf: asOf, tasks: 1)
    let plain = AppliedDocuments(files, loaded.estate)
    let alone = loaded.estate.initiativeViews(alone: true)
    let views = zip(alone, loaded.estate.initiativeViews()).flatMap { alone, other in
      isQuick || alone.view.applied == other.view.applied ? [other] : [alone, other]
    }
    for item in views {
      let days = [asOf] + item.view.changeDates
      let later = days.max().flatMap { $0.adding(Period(months: 20, days: 3)) } ?? asOf
      for day in isQuick ? [later] : Set(days + [item.date, later]).sorted() {
        let applied = item.view.applied.map { loaded.estate.initiatives[$0].id }
        let name = "\(label), \(item.initiative.id) of \(applied), \(day.text)"
        var documents = plain
        do {
          try documents.apply(applied, at: day)
        } catch AppliedDocuments.Refusal.lifecycleIsAWord {
          count.refused += 1
          continue
        } catch {
          Issue.record("\(name): \(error)")
          continue
        }
        count.compared += 1
        let oracle = documents.estate(at: day)
        let known = Set(loaded.diagnostics.map(\.summary))
        let problems = oracle.diagnostics.map(\.summary).filter { !known.contains($0) }
        #expect(problems == [], "\(name)")
        let seen = EstateTexts(loaded.estate.seen(in: item.view, at: day))
        let differences = seen.differences(from: EstateTexts(oracle))
        if !differences.isEmpty {
          Issue.record("\(name): \(differences.count) differences\n\(differences.prefix(12).joined(separator: "\n"))")
          break
        }
      }
    }
  }

  @Test func `Views of the shipped initiatives`() async {
    let shipped = await ShippedRepository.shared.value
    var count = Count()
    let isQuick = Self.seedCount == nil
    await Self.compare(shipped.files, asOf: ShippedRepository.asOf, label: "shipped", isQuick: isQuick, &count)
    #expect(count.compared > 5)
    #expect(count.refused == 0)
  }

  @Test func `Views of random initiatives`() async throws {
    let asOf = try #require(CivilDate(RandomRepository.asOf))
    var count = Count()
    for seed in Self.firstSeed..<Self.firstSeed + (Self.seedCount ?? 5) {
      let documents = RandomRepository(seed: UInt64(seed), usesViews: false).documents.filter {
        !$0.hasPrefix("kind: rule")
      }
      let files = documents.enumerated().map { SourceText(name: "\($0).yaml", text: $1) }
      await Self.compare(files, asOf: asOf, label: "seed \(seed)", &count)
    }
    #expect(count.refused * 4 < count.compared, "\(count)")
  }

  @Test func `Views of random exchanges of data`() async throws {
    let asOf = try #require(CivilDate(RandomExchange.asOf))
    var count = Count()
    for seed in Self.firstSeed..<Self.firstSeed + (Self.seedCount ?? 8) {
      let documents = [RandomExchange.vocabulary] + RandomExchange(seed: UInt64(seed)).documents
      let files = documents.enumerated().map { SourceText(name: "\($0).yaml", text: $1) }
      await Self.compare(files, asOf: asOf, label: "seed \(seed)", &count)
    }
    let vocabulary = SourceText(name: "vocabulary.yaml", text: RandomExchange.vocabulary)
    let problems = await RepositoryReader.read([vocabulary], asOf: asOf, tasks: 1).diagnostics.map(\.summary)
    #expect(problems == [])
    #expect(count.refused * 2 < count.compared, "\(count)")
  }
}
