internal import Diagnostics
internal import YAMLTree

/// Finds comments between the scalars of a node.
struct CommentScan {
  private let source: SourceText
  private var scalars: [Range<Int>] = []
  /// Lines that open a block scalar, behind its indicator.
  private var headers: [Range<Int>] = []

  init(_ nodes: YAMLNode...) {
    source = nodes.first?.source ?? SourceText(name: "", bytes: [])
    for node in nodes { collect(node) }
    scalars.sort { $0.lowerBound < $1.lowerBound }
  }

  private mutating func collect(_ node: YAMLNode) {
    switch node.kind {
    case .scalar:
      let range = node.utf8Range
      scalars.append(range)
      if node.style == .literal || node.style == .folded {
        headers.append(range.lowerBound..<min(range.upperBound, source.lineEnd(at: range.lowerBound)))
      }
    case .sequence: for index in 0..<node.count { collect(node[item: index]) }
    case .mapping:
      for index in 0..<node.count {
        collect(node.key(index))
        collect(node.value(index))
      }
    }
  }

  /// The comments that begin in a range, each from its `#` to the end of its line.
  func comments(in range: Range<Int>) -> [SourceRange] {
    var result: [SourceRange] = []
    let bytes = source.bytes
    var index = range.lowerBound
    var next = 0
    while index < min(range.upperBound, bytes.count) {
      while next < scalars.count, scalars[next].upperBound <= index { next += 1 }
      if next < scalars.count, scalars[next].lowerBound <= index {
        index = headers.contains { $0.contains(index) } ? endOfHeader(at: index, &result) : scalars[next].upperBound
        continue
      }
      if isComment(at: index) {
        let end = source.lineEnd(at: index)
        result.append(SourceRange(source, index..<end))
        index = end
      } else {
        index += 1
      }
    }
    return result
  }

  /// A comment in the line that opens a block scalar, and the end of that scalar.
  private func endOfHeader(at start: Int, _ result: inout [SourceRange]) -> Int {
    guard let header = headers.first(where: { $0.contains(start) }),
      let whole = scalars.first(where: { $0.lowerBound == header.lowerBound })
    else { return start + 1 }
    if let mark = header.first(where: { isComment(at: $0) }) {
      result.append(SourceRange(source, mark..<header.upperBound))
    }
    return whole.upperBound
  }

  private func isComment(at index: Int) -> Bool {
    guard source.bytes[index] == UInt8(ascii: "#") else { return false }
    guard index > 0 else { return true }
    return [0x20, 0x09, 0x0A, 0x0D].contains(source.bytes[index - 1])
  }
}
