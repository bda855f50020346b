import CEL
import Diagnostics
import Foundation
public import FuzzDriver
import YAMLTree

@testable import Catalogue
@testable import Governance

@_cdecl("LLVMFuzzerInitialize")
public func initialize(_ count: UnsafeMutablePointer<Int32>, _ arguments: UnsafeMutablePointer<FuzzDriver.Arguments>)
  -> Int32
{
  FuzzDriver.begin(count, arguments, modes: ["vocabulary": { _ in try checkVocabulary() }]) { FuzzRepository.check($0) }
}

@_cdecl("LLVMFuzzerTestOneInput")
public func testOneInput(_ data: UnsafePointer<UInt8>?, _ size: Int) -> Int32 { FuzzDriver.take(data, size) }

/// Whether the vocabulary is one without mistakes; else nothing would be reached.
@Sendable private func checkVocabulary() throws {
  struct Mistakes: Error, CustomStringConvertible { var description: String }
  let diagnostics = FuzzRepository.read([FuzzRepository.metamodel]).result.diagnostics
  if !diagnostics.isEmpty {
    throw Mistakes(description: diagnostics.map { SnippetRenderer().render($0) }.joined(separator: "\n"))
  }
}

/// Reads bytes as a catalogue's file, then compiles and runs what rules are in it.
enum FuzzRepository {
  static let metamodel = SourceText(name: "metamodel.yaml", text: vocabulary)
  private static let date = CivilDate(days: 20_500)
  private static let costLimit = 20_000

  struct Reading: Sendable {
    var result: RepositoryReader.Result
    var book: RuleBook
    var assessment: Assessment
  }

  static func read(_ files: [SourceText]) -> Reading {
    // The reader works in tasks, and libFuzzer waits for none.
    nonisolated(unsafe) var reading: Reading?
    let done = DispatchSemaphore(value: 0)
    Task.detached {
      let result = await RepositoryReader.read(files, asOf: date, tasks: 1)
      let book = RuleBook(result.estate)
      let assessment = await Assessment.run(book.rules, on: result.estate, tasks: 1, costLimit: costLimit)
      reading = Reading(result: result, book: book, assessment: assessment)
      done.signal()
    }
    done.wait()
    guard let reading else { preconditionFailure("the task has ended") }
    return reading
  }

  static func check(_ bytes: [UInt8]) {
    let input = SourceText(name: "input.yaml", bytes: bytes)
    let reading = read([input, metamodel])
    let result = reading.result
    FuzzDriver.check(result.diagnostics)
    FuzzDriver.check(reading.book.diagnostics)
    let all = result.diagnostics + reading.book.diagnostics
    if !all.contains(where: { $0.severity == .error }) { checkNothingIsLost(input, reading) }
    checkValues(result.estate)
    checkWaivers(input, reading)
    for (first, second) in zip(reading.assessment.findings, reading.assessment.findings.dropFirst()) {
      FuzzDriver.require(!Finding.precedes(second, first), "findings are not sorted")
    }
    // It costs as much again.
    guard bytes.count.isMultiple(of: 4) else { return }
    let again = read([metamodel, input])
    FuzzDriver.require(
      again.result.diagnostics.map(\.summary) == result.diagnostics.map(\.summary), "read again, it has other mistakes")
    FuzzDriver.require(
      again.assessment.findings.map(\.identity) == reading.assessment.findings.map(\.identity),
      "checked again, it has other findings")
  }

  /// Without an error every document is an entity, and every active rule is in the book.
  private static func checkNothingIsLost(_ input: SourceText, _ reading: Reading) {
    let file = YAMLFile.parse(input)
    FuzzDriver.require(
      file.brokenDocuments.isEmpty && !file.diagnostics.contains { $0.severity == .error }, "an error is not passed on")
    for document in file.documents {
      guard document.root.isMapping else {
        FuzzDriver.fail("a document that is no mapping is passed over")
        continue
      }
      let kind = document.root.first("kind")?.text ?? ""
      if kind == "metamodel" { continue }
      let id = document.root.first("id")?.text ?? ""
      guard case .found = reading.result.estate.find("\(kind):\(id)") else {
        FuzzDriver.fail("\(kind) \(id.debugDescription) is passed over")
        continue
      }
    }
    FuzzDriver.require(
      reading.book.rules.count == reading.book.documentCount,
      "of \(reading.book.documentCount) rules \(reading.book.rules.count) are compiled")
  }

  /// Waivers, and the input once more as a baseline; nothing that they cover is lost.
  private static func checkWaivers(_ input: SourceText, _ reading: Reading) {
    let waivers = WaiverBook(reading.result.estate, reading.book)
    FuzzDriver.check(waivers.diagnostics)
    let (baseline, mistakes) = BaselineReader.read(input, reading.result.estate)
    FuzzDriver.check(mistakes)
    FuzzDriver.require(baseline != nil || !mistakes.isEmpty, "a baseline is passed over")
    // A condition may cost what a rule may.
    guard waivers.waivers.allSatisfy(\.conditions.isEmpty) else { return }
    var standings = Standings(waivers, baseline, reading.result.estate)
    let resolved = standings.resolve(reading.assessment.findings, nil, judgesPaper: true, isComplete: true)
    FuzzDriver.require(
      Set(reading.assessment.findings.map(\.identity)).isSubset(of: resolved.findings.map(\.identity)),
      "a finding is lost")
  }

  /// Every field of every entity is of its type.
  private static func checkValues(_ estate: Estate) {
    let agreement = TypeAgreement(estate.graph)
    var frame = Frame(graph: estate.graph, slotCount: 1, costLimit: costLimit)
    for row in estate.entities.indices.prefix(200).map({ Int32($0) }) {
      for id in estate.metamodel.kinds[estate.entity(row).kind].order {
        let field = estate.metamodel.fields[Int(id)]
        frame.cost = 0
        let value = estate.value(field.path, of: row, &frame)
        if let found = agreement.disagreement(value, field.type) {
          FuzzDriver.fail("`\(estate.identity(row)).\(field.path)` is \(found)")
        }
      }
    }
  }
}
