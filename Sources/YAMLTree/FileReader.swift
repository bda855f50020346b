import Diagnostics

/// Reads one file's documents, going on behind each that is broken.
struct FileReader: ~Copyable {
  private let source: SourceText
  private let bytes: UnsafeBufferPointer<UInt8>
  private let lines: TextLines
  private var builder: TreeBuilder
  private var isASCII = false
  private var documents: [(root: Int32, utf8Range: Range<Int>)] = []
  private var broken: [Range<Int>] = []
  /// The last document ended at something that is no `---` or `...`: a mistake there is its own.
  private var lastDocumentIsOpen = false

  init(_ source: SourceText, _ bytes: UnsafeBufferPointer<UInt8>, limits: YAMLLimits) {
    self.source = source
    self.bytes = bytes
    lines = TextLines(bytes: bytes)
    builder = TreeBuilder(source, bytes, limits: limits)
  }

  mutating func read() -> YAMLFile {
    let start = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
    let check = ByteCheck(bytes, from: start, limit: builder.limits.maximumDiagnostics)
    isASCII = check.isASCII
    for range in check.separators { builder.report(.lineSeparator(SourceRange(source, range))) }
    var position = start
    for fault in check.faults {
      let faulty = lines.documentMarker(before: fault.range.lowerBound, limit: position) ?? position
      readDocuments(from: position, to: faulty)
      builder.report(.fault(fault, in: source))
      position = lines.documentMarker(from: fault.range.upperBound) ?? bytes.count
      broken.append(faulty..<position)
    }
    readDocuments(from: position, to: bytes.count)
    return finish()
  }

  private mutating func finish() -> YAMLFile {
    let table = builder.finish()
    return YAMLFile(
      source: source,
      documents: documents.map {
        YAMLDocument(root: YAMLNode(table: table, index: $0.root), utf8Range: $0.utf8Range)
      },
      brokenDocuments: broken.map { BrokenDocument(lines.trimmed($0), in: source, lines) },
      diagnostics: builder.diagnostics.sortedForPrinting())
  }

  /// A document begins at `start`, and none goes on beyond `end`.
  private mutating func readDocuments(from start: Int, to end: Int) {
    var position = start
    while position < end {
      if builder.isFull {
        broken.append(position..<end)
        return
      }
      position = readUntilFailure(from: position, to: end)
    }
  }

  /// One run of libyaml's parser; gives the place where the next may begin, always behind `start`.
  private mutating func readUntilFailure(from start: Int, to end: Int) -> Int {
    let reader = EventReader(UnsafeBufferPointer(rebasing: bytes[start..<end]))
    var cursor = OffsetCursor(bytes, base: start, isASCII: isASCII)
    var event = ParserEvent()
    var documentStart = start
    var isInside = false
    lastDocumentIsOpen = false
    while reader.read(&event) {
      let place = cursor.offset(of: event.startIndex)
      let placeEnd = event.endIndex == event.startIndex ? place : cursor.offset(of: event.endIndex)
      var goesOn = true
      switch event.kind {
      case .streamStart: break
      case .streamEnd: return end
      case .documentStart:
        lastDocumentIsOpen = false
        isInside = true
        documentStart = place
        builder.beginDocument()
        reportDirectives(from: place, to: placeEnd)
      case .documentEnd:
        isInside = false
        endDocument(from: documentStart, isImplicit: event.isImplicit)
        documentStart = placeEnd
      case .scalar: builder.addScalar(event, place..<max(place, placeEnd))
      case .alias: goesOn = builder.addAlias(event, place..<max(place, placeEnd))
      case .sequenceStart, .mappingStart: goesOn = builder.beginCollection(event, place..<max(place, placeEnd))
      case .collectionEnd: builder.endCollection(placeEnd)
      }
      if !goesOn || builder.isFull {
        return giveUp(at: place, documentStart: documentStart, runStart: start, end: end)
      }
    }
    let failure = reader.failure
    let problem =
      failure.isByteOffset
      ? min(start + failure.problemIndex, end) : min(cursor.offset(of: failure.problemIndex), end)
    let context = failure.contextIndex.map { min(cursor.offset(of: $0), end) }
    let mistake = SyntaxMistake(
      failure, problem: problem, context: context, isInFlow: isInside && builder.isInFlow, lines)
    builder.report(mistake.diagnostic(in: source))
    if !isInside, lastDocumentIsOpen, let last = documents.popLast() { documentStart = last.utf8Range.lowerBound }
    return giveUp(at: problem, documentStart: documentStart, runStart: start, end: end)
  }

  /// Drops the document that was being read and finds the next.
  private mutating func giveUp(at problem: Int, documentStart: Int, runStart: Int, end: Int) -> Int {
    builder.abandonDocument()
    let from = max(lines.lineStart(at: problem), documentStart + 1, runStart + 1)
    let next = min(lines.documentMarker(from: from) ?? end, end)
    broken.append(documentStart..<max(documentStart, next))
    return next
  }

  private mutating func endDocument(from start: Int, isImplicit: Bool) {
    guard let (root, end) = builder.endDocument() else { return }
    lastDocumentIsOpen = isImplicit
    documents.append((root, start..<max(start, end)))
  }

  /// `%YAML` and `%TAG` lines between the beginning of a document and its `---`.
  private mutating func reportDirectives(from start: Int, to end: Int) {
    guard start < end, bytes[start] == UInt8(ascii: "%") else { return }
    var line = start
    while line < end {
      if bytes[line] == UInt8(ascii: "%") {
        let range = lines.trimmed(line..<lines.lineEnd(at: line))
        builder.report(.directive(SourceRange(source, range), line: line..<lines.nextLine(after: line)))
      }
      line = lines.nextLine(after: line)
    }
  }
}
