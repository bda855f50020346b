internal import Diagnostics
internal import YAMLTree

/// Finds comments between the scalars of nodes of one file.
struct CommentScan {
  private struct Scalar {
    var range: Range<Int>
    var isBlock: Bool
  }

  private let source: SourceText
  private var scalars: [Scalar] = []

  init(_ nodes: YAMLNode...) { self.init(nodes) }

  init(_ nodes: [YAMLNode]) {
    source = nodes.first?.source ?? SourceText(name: "", bytes: [])
    for node in nodes { collect(node) }
    scalars.sort { $0.range.lowerBound < $1.range.lowerBound }
  }

  private mutating func collect(_ node: YAMLNode) {
    switch node.kind {
    case .scalar:
      scalars.append(Scalar(range: node.utf8Range, isBlock: node.style == .literal || node.style == .folded))
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
    let end = min(range.upperBound, source.bytes.count)
    var index = range.lowerBound
    var next = 0
    while index < end {
      while next < scalars.count, scalars[next].range.upperBound <= index { next += 1 }
      if next < scalars.count, scalars[next].range.lowerBound <= index {
        let scalar = scalars[next]
        if scalar.isBlock, index == scalar.range.lowerBound, let header = header(of: scalar.range) {
          result.append(header)
        }
        index = scalar.range.upperBound
      } else if isComment(at: index) {
        let lineEnd = source.lineEnd(at: index)
        result.append(SourceRange(source, index..<lineEnd))
        index = lineEnd
      } else {
        index += 1
      }
    }
    return result
  }

  /// The comment beside the indicator that opens a block scalar.
  private func header(of scalar: Range<Int>) -> SourceRange? {
    let end = min(scalar.upperBound, source.lineEnd(at: scalar.lowerBound))
    return (scalar.lowerBound..<end).first { isComment(at: $0) }.map { SourceRange(source, $0..<end) }
  }

  private func isComment(at index: Int) -> Bool {
    guard source.bytes[index] == UInt8(ascii: "#") else { return false }
    guard index > 0 else { return true }
    switch source.bytes[index - 1] {
    case 0x20, 0x09, 0x0A, 0x0D: return true
    // Behind a byte-order mark.
    default: return index == 3 && source.bytes.starts(with: [0xEF, 0xBB, 0xBF])
    }
  }
}
