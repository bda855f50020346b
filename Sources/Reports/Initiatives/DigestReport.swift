internal import CEL
public import Catalogue
internal import Diagnostics

/// The digests of an initiative's entries, for a decision to record: in words, and for programs.
public struct DigestReport {
  private static let format = 1

  private let estate: Estate
  private let row: Int32
  private let edits: [InitiativeEdit]
  private let goLive: CivilDate?

  /// - Precondition: the row is an initiative's.
  public init(_ initiative: Int32, _ estate: Estate) {
    self.estate = estate
    row = initiative
    edits = estate.edits(ofInitiative: initiative)
    goLive = estate.goLive(ofInitiative: initiative)
  }

  /// Entries that count, as places in `edits`: each document that is added with all that is in it, each operation on one
  /// field, each retirement.
  private var entries: [Int] { edits.indices.filter { edits[$0].owner == nil && edits[$0].isMaterial } }

  /// What an edit holds, as places in `edits`.
  private func contents(of place: Int) -> [Int] { edits.indices.filter { edits[$0].owner == place } }

  /// Entries of fields that are declared immaterial: they have no line.
  public var immaterialCount: Int { edits.count { $0.owner == nil && !$0.isMaterial } }

  // MARK: Text

  /// One line an entry, in the order of the document. `isVerbose` shows what is inside those that are added.
  public func text(isVerbose: Bool = false) -> String {
    var result = ""
    for entry in entries { append(entry, "", isVerbose, &result) }
    return result
  }

  private func append(_ place: Int, _ margin: String, _ isVerbose: Bool, _ result: inout String) {
    result += "\(edits[place].digest)  \(margin)\(escapedForTerminal(words(place)))\n"
    guard isVerbose else { return }
    for inner in contents(of: place) where edits[inner].isMaterial { append(inner, margin + "  ", true, &result) }
  }

  private func words(_ place: Int) -> String {
    let edit = edits[place]
    if edit.operation == .add {
      let count = partCount(place)
      return edit.words + (count == 0 ? "" : " with \(count) \(count == 1 ? "part" : "parts")")
    }
    if edit.owner != nil { return edit.words }
    if let date = edit.date { return "\(edit.words) (from \(date.text))" }
    return edit.words + (goLive.map { " (at go-live, \($0.text))" } ?? " (at go-live)")
  }

  private func partCount(_ place: Int) -> Int {
    contents(of: place).filter { edits[$0].operation == .add }.reduce(0) { $0 + 1 + partCount($1) }
  }

  // MARK: JSON

  public func json() -> String {
    var writer = JSONWriter()
    writer.object { writer in
      writer.field("format", Self.format)
      writer.field("tool", "triglyph")
      writer.field("initiative", estate.identity(row))
      writer.field("goLive", goLive?.text)
      writer.array("entries", of: entries, object)
      writer.field("immaterial", immaterialCount)
    }
    return writer.text
  }

  private func object(_ place: Int, _ writer: inout JSONWriter) {
    let edit = edits[place]
    writer.object { writer in
      writer.field("digest", edit.digest)
      writer.field("operation", edit.operation.rawValue)
      writer.field("entity", edit.entity)
      if !edit.field.isEmpty { writer.field("field", edit.field) }
      if edit.isUnknown {
        writer.field("unknown", true)
      } else if edit.operation != .add, edit.operation != .retire, edit.operation != .unset {
        writer.field("values", edit.values)
      }
      writer.field("date", edit.date?.text)
      writer.field("words", words(place))
      JSONReport.place(edit.node.range, &writer)
      guard edit.operation == .add else { return }
      writer.array("contents", of: contents(of: place).filter { edits[$0].isMaterial }, object)
    }
  }
}
