import CLibYAML

/// One event of libyaml's. What its pointers show lasts until the next one is asked for.
struct ParserEvent {
  enum Kind {
    case streamStart, documentStart, documentEnd, streamEnd, alias, scalar, sequenceStart, mappingStart, collectionEnd
  }

  var kind = Kind.streamEnd
  /// Offsets in code points from where the parser began.
  var startIndex = 0
  var endIndex = 0
  var style = YAMLNode.ScalarStyle.plain
  var isFlow = false
  var hasTag = false
  /// A document without `---`, or that ends without `...`.
  var isImplicit = false
  /// Of an alias: its name. Else: the anchor of the node.
  var anchor: UnsafePointer<UInt8>?
  var value = UnsafeBufferPointer<UInt8>(start: nil, count: 0)
}

/// Why libyaml gave up, in its own words.
struct ParserFailure {
  var problem: String
  /// Code points from where the parser began, or bytes where the mistake is in the encoding.
  var problemIndex: Int
  var isByteOffset: Bool
  var context: String?
  var contextIndex: Int?
}

/// libyaml's parser and the event that it filled last; the one place where C's memory is owned.
///
/// After the first failure the parser must not be asked again: libyaml 0.2.5 then answers with success and no event, for
/// ever. The input must outlive the reader.
final class EventReader {
  private let parser: UnsafeMutablePointer<yaml_parser_t>?
  private let event: UnsafeMutablePointer<yaml_event_t>
  private var hasEvent = false
  private var hasFailed = false

  init(_ input: UnsafeBufferPointer<UInt8>) {
    parser = triglyph_yaml_parser_new(input.baseAddress, input.count)
    event = .allocate(capacity: 1)
    event.initialize(to: yaml_event_t())
  }

  deinit {
    if hasEvent { yaml_event_delete(event) }
    event.deallocate()
    triglyph_yaml_parser_free(parser)
  }

  /// The next event, or false after a failure.
  func read(_ result: inout ParserEvent) -> Bool {
    guard let parser, !hasFailed else { return false }
    if hasEvent { yaml_event_delete(event) }
    hasEvent = yaml_parser_parse(parser, event) != 0
    guard hasEvent else {
      hasFailed = true
      return false
    }
    result.startIndex = event.pointee.start_mark.index
    result.endIndex = event.pointee.end_mark.index
    switch event.pointee.type {
    case YAML_SCALAR_EVENT: fillScalar(&result)
    case YAML_ALIAS_EVENT:
      result.kind = .alias
      result.anchor = UnsafePointer(event.pointee.data.alias.anchor)
    case YAML_SEQUENCE_START_EVENT:
      result.kind = .sequenceStart
      result.anchor = UnsafePointer(event.pointee.data.sequence_start.anchor)
      result.hasTag = event.pointee.data.sequence_start.tag != nil
      result.isFlow = event.pointee.data.sequence_start.style == YAML_FLOW_SEQUENCE_STYLE
    case YAML_MAPPING_START_EVENT:
      result.kind = .mappingStart
      result.anchor = UnsafePointer(event.pointee.data.mapping_start.anchor)
      result.hasTag = event.pointee.data.mapping_start.tag != nil
      result.isFlow = event.pointee.data.mapping_start.style == YAML_FLOW_MAPPING_STYLE
    case YAML_SEQUENCE_END_EVENT, YAML_MAPPING_END_EVENT: result.kind = .collectionEnd
    case YAML_STREAM_START_EVENT: result.kind = .streamStart
    case YAML_DOCUMENT_START_EVENT: result.kind = .documentStart
    case YAML_DOCUMENT_END_EVENT:
      result.kind = .documentEnd
      result.isImplicit = event.pointee.data.document_end.implicit != 0
    default: result.kind = .streamEnd
    }
    return true
  }

  private func fillScalar(_ result: inout ParserEvent) {
    result.kind = .scalar
    result.anchor = UnsafePointer(event.pointee.data.scalar.anchor)
    result.hasTag = event.pointee.data.scalar.tag != nil
    result.value = UnsafeBufferPointer(start: event.pointee.data.scalar.value, count: event.pointee.data.scalar.length)
    switch event.pointee.data.scalar.style {
    case YAML_SINGLE_QUOTED_SCALAR_STYLE: result.style = .singleQuoted
    case YAML_DOUBLE_QUOTED_SCALAR_STYLE: result.style = .doubleQuoted
    case YAML_LITERAL_SCALAR_STYLE: result.style = .literal
    case YAML_FOLDED_SCALAR_STYLE: result.style = .folded
    default: result.style = .plain
    }
  }

  /// Asked after `read` has given false.
  var failure: ParserFailure {
    guard let parser else {
      return ParserFailure(problem: "out of memory", problemIndex: 0, isByteOffset: true)
    }
    let state = parser.pointee
    let isReader = state.error == YAML_READER_ERROR
    let hasContext = state.context != nil
    return ParserFailure(
      problem: state.problem.map { String(cString: $0) } ?? "out of memory",
      problemIndex: isReader ? state.problem_offset : state.problem_mark.index, isByteOffset: isReader,
      context: state.context.map { String(cString: $0) }, contextIndex: hasContext ? state.context_mark.index : nil)
  }
}
