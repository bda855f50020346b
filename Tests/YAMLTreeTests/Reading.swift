import Diagnostics
import Testing
import YAMLTree

func read(_ text: String, limits: YAMLLimits = YAMLLimits()) -> YAMLFile {
  YAMLFile.parse(SourceText(name: "test.yaml", text: text), limits: limits)
}

func read(bytes: [UInt8], limits: YAMLLimits = YAMLLimits()) -> YAMLFile {
  YAMLFile.parse(SourceText(name: "test.yaml", bytes: bytes), limits: limits)
}

/// The root of a text's only document.
func root(_ text: String, sourceLocation: Testing.SourceLocation = #_sourceLocation) throws -> YAMLNode {
  let file = read(text)
  #expect(file.diagnostics.isEmpty, sourceLocation: sourceLocation)
  #expect(file.documents.count == 1, sourceLocation: sourceLocation)
  return try #require(file.documents.first?.root, sourceLocation: sourceLocation)
}

/// A tree as JSON-like text, aliases written out.
func outline(_ node: YAMLNode) -> String {
  switch node.kind {
  case .scalar: node.isNull ? "null" : node.text.debugDescription
  case .sequence: "[" + (0..<node.count).map { outline(node[item: $0]) }.joined(separator: ", ") + "]"
  case .mapping:
    "{" + (0..<node.count).map { "\(outline(node.key($0))): \(outline(node.value($0)))" }.joined(separator: ", ") + "}"
  }
}

extension Diagnostic {
  /// `id @ text under the carets`.
  var brief: String { "\(id) @ \(range?.text ?? "-")" }
}

/// The text of a file with a fix carried out.
func applying(_ fix: Diagnostic.Fix, to file: YAMLFile) -> String {
  guard let replacement = fix.replacement else { return "no replacement" }
  var bytes = file.source.bytes
  bytes.replaceSubrange(replacement.range.utf8Range, with: Array(replacement.text.utf8))
  return String(decoding: bytes, as: UTF8.self)
}
