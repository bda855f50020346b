public import CEL
public import Diagnostics
internal import YAMLTree

/// A catalogue's files as they would be if an initiative entered a stage: nothing else is another, and nothing is written.
public struct SupposedStage: Sendable {
  /// All files, in their order.
  public let files: [SourceText]
  /// Why it cannot be supposed. Sorted for printing.
  public let problems: [Diagnostic]
  /// The passages that are supposed with it, as `kind:id`.
  public let passages: Set<String>
  private let moves: [TextMove]
  private let originals: [String: SourceText]

  /// - Parameters:
  ///   - stages: names, in the order in which they are entered; the last is where it is then.
  ///   - day: the day of those passages that nobody recorded.
  ///   - written: the files that are there, where those that are supposed upon are others; nil: they are these.
  /// - Precondition: the row is an initiative's, of the estate that was loaded from the files.
  public init(
    _ initiative: Int32, entering stages: [String], on day: CivilDate, _ estate: Estate, _ files: [SourceText],
    over written: [SourceText]? = nil
  ) {
    let entity = estate.entity(initiative)
    var writer = EditWriter(estate, files, goLive: nil)
    var texts: [String: [UInt8]] = [:]
    var moves: [TextMove] = []
    var supposed: Set<String> = []
    func note(_ changes: [InitiativeMerge.Change]) {
      for change in changes {
        guard let before = texts[change.name] ?? change.before, before != change.after else { continue }
        moves.append(TextMove(change.name, by: before, to: change.after))
        texts[change.name] = change.after
      }
    }
    var problems: [Diagnostic] = []
    do {
      if let stage = stages.last { try writer.set("stage", to: stage, of: entity) }
      note(writer.changes)
      if let passages = Passages(of: initiative, estate) {
        for stage in stages {
          guard let text = passages.text(into: stage, on: day) else { continue }
          try writer.append(part: text, of: passages.kind, to: entity)
          note(writer.changes)
          supposed.insert("\(passages.kind.name):\(entity.id)/\(passages.id(into: stage))")
        }
      }
    } catch {
      problems.append(error.diagnostic)
    }
    self.problems = problems
    self.files = files.map { file in texts[file.name].map { SourceText(name: file.name, bytes: $0) } ?? file }
    passages = supposed
    var originals: [String: SourceText] = [:]
    let read = Dictionary(files.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
    for file in written ?? files {
      guard let first = read[file.name], texts[file.name] != nil || first.bytes != file.bytes else { continue }
      originals[file.name] = file
      if first.bytes != file.bytes {
        moves.insert(TextMove(file.name, byLinesOf: file.bytes, to: first.bytes), at: 0)
      }
    }
    self.originals = originals
    self.moves = moves
  }

  /// A place of the supposed files in those that are there.
  public func origin(of range: SourceRange) -> SourceRange {
    guard let original = originals[range.source.name], range.source !== original else { return range }
    var (lower, upper) = (range.utf8Range.lowerBound, range.utf8Range.upperBound)
    for move in moves.reversed() {
      lower = move.origin(of: lower, in: range.source.name)
      upper = move.origin(of: upper, in: range.source.name)
    }
    upper = min(upper, original.bytes.count)
    if lower >= upper, !range.utf8Range.isEmpty {
      // What is supposed stands behind this.
      while upper > 0, [0x0A, 0x0D, 0x20].contains(original.bytes[upper - 1]) { upper -= 1 }
      lower = max(0, upper - 1)
    }
    return SourceRange(original, min(lower, upper)..<upper)
  }
}
