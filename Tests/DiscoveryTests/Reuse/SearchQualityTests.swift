import CEL
import Catalogue
import Foundation
import Testing

@testable import Discovery

/// How well what teams ask is found, beside plain full-text search over the same capabilities' names and summaries.
@Suite struct SearchQualityTests {
  @Test func `teams find what there is, far better than by the words of names and summaries`() async throws {
    let estate = await ShippedCatalogue.shared.value
    let roles = try ReuseRoles(estate.metamodel)
    var search = try CapabilitySearch(estate, roles)
    let plain = try PlainSearch(estate, stems: false)
    let stemmed = try PlainSearch(estate, stems: true)
    var ours = (tuning: SearchQuality(), heldOut: SearchQuality())
    var theirs = (tuning: SearchQuality(), heldOut: SearchQuality())
    var stemming = (tuning: SearchQuality(), heldOut: SearchQuality())
    let isVerbose = ProcessInfo.processInfo.environment["REUSE_VERBOSE"] != nil
    for question in try LabelledQuestion.all() {
      let found = try search.find(AskedWords(question.text)).found.map { estate.entity($0.row).id }
      let base = try plain.find(question.text)
      let better = try stemmed.find(question.text)
      if question.isHeldOut {
        ours.heldOut.note(found, wanted: question.wanted)
        theirs.heldOut.note(base, wanted: question.wanted)
        stemming.heldOut.note(better, wanted: question.wanted)
      } else {
        ours.tuning.note(found, wanted: question.wanted)
        theirs.tuning.note(base, wanted: question.wanted)
        stemming.tuning.note(better, wanted: question.wanted)
        // Of what is held out nobody is shown which question fails.
        if isVerbose, !question.wanted.allSatisfy(found.prefix(3).contains) {
          print("missed: \(question.text): wanted \(question.wanted), found \(found.prefix(4))")
        }
      }
    }
    print(ours.tuning.line("reuse, tuning"))
    print(theirs.tuning.line("plain FTS5, tuning"))
    print(stemming.tuning.line("plain FTS5 with Porter stems, tuning"))
    print(ours.heldOut.line("reuse, held out"))
    print(theirs.heldOut.line("plain FTS5, held out"))
    print(stemming.heldOut.line("plain FTS5 with Porter stems, held out"))
    #expect(ours.tuning.questionCount >= 60)
    #expect(ours.heldOut.questionCount * 3 >= ours.tuning.questionCount)
  }

  /// Any of the question's words, over names and summaries, as FTS5 ranks them.
  struct PlainSearch {
    let index: FullTextIndex
    let estate: Estate

    init(_ estate: Estate, stems: Bool) throws {
      self.estate = estate
      index = try FullTextIndex(weights: [1, 1], stems: stems)
      for row in estate.rows(ofKind: "capability") {
        guard case .string(let summary) = estate.value("summary", of: row) else { continue }
        try index.add([estate.name(row), summary], as: Int64(row))
      }
    }

    func find(_ question: String) throws -> [String] {
      var scores: [Int64: Double] = [:]
      for word in AskedWords(question).all {
        for match in try index.matches([word]) { scores[match.document, default: 0] += match.score }
      }
      return scores.sorted { $0.value != $1.value ? $0.value > $1.value : $0.key < $1.key }
        .map { estate.entity(Int32($0.key)).id }
    }
  }
}
