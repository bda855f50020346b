import CEL
import Catalogue
import Diagnostics
import Foundation
import YAMLTree

@testable import Discovery

/// A question in a team's words, and the capabilities that should come back.
struct LabelledQuestion: Sendable {
  let text: String
  let wanted: [String]

  /// What the ranking, keywords and the thesaurus were tuned on.
  static func tuning() throws -> [LabelledQuestion] { try read("questions.tsv") }

  /// What nobody tunes on.
  static func heldOut() throws -> [LabelledQuestion] { try read("fresh-questions.tsv") }

  /// What somebody asked who had seen neither keywords nor thesaurus nor ranking; without what others had asked too.
  static func byAnother() throws -> [LabelledQuestion] {
    let known = try Set((tuning() + heldOut()).map(\.text))
    return try read("other-questions.tsv").filter { $0.isAnswerable && !known.contains($0.text) }
  }

  /// Those of the same hand that nothing answers.
  static func unanswerable() throws -> [LabelledQuestion] {
    try read("other-questions.tsv").filter { !$0.isAnswerable }
  }

  private var isAnswerable: Bool { wanted != ["-"] }

  private static func read(_ name: String) throws -> [LabelledQuestion] {
    let file = URL(fileURLWithPath: #filePath).resolvingSymlinksInPath().deletingLastPathComponent()
      .appendingPathComponent(name)
    let lines = try String(contentsOf: file, encoding: .utf8).split(separator: "\n").filter { !$0.hasPrefix("#") }
    return lines.map { line in
      let parts = line.split(separator: "\t")
      return LabelledQuestion(text: String(parts[0]), wanted: parts[1].split(separator: " ").map(String.init))
    }
  }
}

/// How well a search does on labelled questions.
struct SearchQuality {
  private(set) var questionCount = 0
  private var recall = 0.0
  private var reciprocal = 0.0

  /// The mean share of what is wanted that is among the first three.
  var recallAt3: Double { recall / Double(max(1, questionCount)) }
  /// The mean of one over the rank of the first that is wanted; 0 where none comes.
  var meanReciprocalRank: Double { reciprocal / Double(max(1, questionCount)) }

  mutating func note(_ ids: [String], wanted: [String]) {
    questionCount += 1
    recall += Double(ids.prefix(3).count { wanted.contains($0) }) / Double(min(3, wanted.count))
    if let rank = ids.firstIndex(where: { wanted.contains($0) }) { reciprocal += 1 / Double(rank + 1) }
  }

  func line(_ name: String) -> String {
    func number(_ value: Double) -> String { String((value * 1000).rounded() / 1000) }
    return
      "\(name): \(questionCount) questions, recall at 3 \(number(recallAt3)), mean reciprocal rank \(number(meanReciprocalRank))"
  }
}

/// The repository that this project ships.
enum ShippedCatalogue {
  static let asOf = CivilDate("2026-12-01") ?? CivilDate(days: 0)

  static let shared = Task { await bare.value.deriving() }
  /// Without what is worked out.
  static let bare = Task { await load() }

  static var root: URL {
    var folder = URL(fileURLWithPath: #filePath).resolvingSymlinksInPath()
    while folder.path != "/" {
      folder.deleteLastPathComponent()
      if FileManager.default.fileExists(atPath: folder.appendingPathComponent("catalogue").path) { return folder }
    }
    return folder
  }

  private static func load() async -> Estate {
    let folder = root.appendingPathComponent("catalogue")
    let names = FileManager.default.enumerator(atPath: folder.path)?.compactMap { $0 as? String } ?? []
    let files = names.filter { $0.hasSuffix(".yaml") }.sorted().compactMap { name -> SourceText? in
      FileManager.default.contents(atPath: folder.appendingPathComponent(name).path).map {
        SourceText(name: "catalogue/\(name)", bytes: Array($0))
      }
    }
    return await RepositoryReader.read(files, asOf: asOf, tasks: 1).estate
  }
}
