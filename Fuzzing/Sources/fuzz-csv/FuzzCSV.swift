import CEL
import Diagnostics
public import FuzzDriver
import YAMLTree

@testable import Catalogue
@testable import Interchange

@_cdecl("LLVMFuzzerInitialize")
public func initialize(_ count: UnsafeMutablePointer<Int32>, _ arguments: UnsafeMutablePointer<FuzzDriver.Arguments>)
  -> Int32
{
  FuzzDriver.begin(count, arguments) { FuzzCSV.check($0) }
}

@_cdecl("LLVMFuzzerTestOneInput")
public func testOneInput(_ data: UnsafePointer<UInt8>?, _ size: Int) -> Int32 { FuzzDriver.take(data, size) }

/// Reads bytes as a table, and proposes a map for it.
enum FuzzCSV {
  private static let separators: [UInt8] = [0x2C, 0x3B, 0x09, 0x7C]

  private static let metamodel: Metamodel = {
    let text = """
      kind: metamodel
      id: small
      name: Small
      lifecycle: {phases: [planned, active], live: [active]}
      enums: {size: {values: [{id: small, title: Small}, {id: large, title: Very large}]}}
      kinds:
        thing:
          title: Thing
          plural: things
          lifecycle: true
          fields:
            size: {type: size, required: true}
            mfa: {type: boolean}
            since: {type: date}
            tags: {type: string, many: true}
          relations: {feeds: {to: thing, many: true, inverse: fedBy}}
      """
    let file = YAMLFile.parse(SourceText(name: "vocabulary.yaml", text: text))
    return MetamodelBuilder.build(file.documents.map(\.root)).0
  }()

  static func check(_ bytes: [UInt8]) {
    let separator = separators[Int(bytes.first ?? 0) % separators.count]
    let source = SourceText(name: "input.csv", bytes: Array(bytes.dropFirst()))
    let table = CSVTable(source, separator: separator)
    FuzzDriver.check(table.problems)
    FuzzDriver.require(!table.header.isEmpty || !table.problems.isEmpty, "a table is lost without a word")
    FuzzDriver.require(
      table.badRowCount > 0 || table.problems.isEmpty || table.header.isEmpty, "a problem, and no row is bad")
    checkPlaces(table)
    checkAgain(table)
    checkProposal(source, separator)
  }

  private static func cells(_ table: CSVTable) -> [[CSVTable.Cell]] {
    [table.header] + table.rows.map { row in table.header.indices.map { table.cell($0, of: row) } }
  }

  private static func checkPlaces(_ table: CSVTable) {
    var end = 0
    var number = table.header.isEmpty ? 0 : 1
    for cell in cells(table).flatMap({ $0 }) {
      FuzzDriver.require(FuzzDriver.isInside(cell.utf8Range, table.source.bytes.count), "a cell at \(cell.utf8Range)")
      FuzzDriver.require(cell.utf8Range.lowerBound >= end, "a cell begins in the one before")
      end = cell.utf8Range.upperBound
    }
    for row in table.rows {
      FuzzDriver.require(row.number > number, "row \(row.number) comes after row \(number)")
      number = row.number
    }
  }

  /// What a table says, written as RFC 4180 has it, says the same.
  private static func checkAgain(_ table: CSVTable) {
    guard !table.header.isEmpty else { return }
    let texts = cells(table).map { $0.map { Array(table.text($0).utf8) } }
    var bytes: [UInt8] = []
    for row in texts {
      for (index, text) in row.enumerated() {
        if index > 0 { bytes.append(0x2C) }
        bytes.append(0x22)
        for byte in text { bytes += byte == 0x22 ? [byte, byte] : [byte] }
        bytes.append(0x22)
      }
      bytes += [0x0D, 0x0A]
    }
    let again = CSVTable(SourceText(name: "again.csv", bytes: bytes))
    FuzzDriver.require(again.problems.isEmpty, "written again, it has problems")
    let read = cells(again).map { $0.map { Array(again.text($0).utf8) } }
    FuzzDriver.require(read == texts, "written again, it says something else")
  }

  private static func checkProposal(_ source: SourceText, _ separator: UInt8) {
    guard let kind = metamodel.kind(named: "thing") else {
      return FuzzDriver.require(false, "the vocabulary is broken")
    }
    let proposal = MapProposal(source, kind: kind, metamodel, separator: separator)
    if proposal.text.isEmpty { return FuzzDriver.require(!proposal.problems.isEmpty, "no proposal, and no reason") }
    let file = YAMLFile.parse(SourceText(name: "map.yaml", text: proposal.text))
    let mistakes = file.diagnostics.map(\.summary)
    FuzzDriver.require(file.documents.count == 1, "a proposal is no document: \(mistakes)")
    FuzzDriver.require(mistakes.allSatisfy { $0.contains("already") || $0.contains("twice") }, "\(mistakes)")
  }
}
