internal import Catalogue
internal import Diagnostics
internal import YAMLTree

/// What a rule's author says of a mutant that no example can tell from the rule: why not.
struct Equivalent: Sendable {
  /// As the rule has it.
  let text: [UInt8]
  /// As the mutant reads; nil: nothing can ever evaluate the text.
  let put: [UInt8]?
  let node: YAMLNode

  static let keys = ["text", "put", "why"]

  /// Reads the `equivalents` of a rule or of a shared function.
  static func read(_ rule: YAMLNode, _ diagnostics: inout [Diagnostic]) -> [Equivalent] {
    guard let list = rule.first("equivalents"), !list.isReported else { return [] }
    guard list.isSequence else {
      diagnostics.append(LoadingDiagnostic.wrongShape(list, wanted: "a list", for: "`equivalents`"))
      return []
    }
    return (0..<list.count).compactMap { index in
      let node = list[item: index]
      guard let reader = MappingReader(node, "an equivalent", keys: keys, &diagnostics) else { return nil }
      let texts = ["text", "put", "why"].map { reader.scalar($0, &diagnostics) }
      for (key, text) in zip(["text", "why"], [texts[0], texts[2]]) where text?.text.isEmpty ?? !reader.has(key) {
        diagnostics.append(LoadingDiagnostic.missingKey(key, in: "an equivalent", at: node))
        return nil
      }
      guard let text = texts[0], texts[2] != nil else { return nil }
      return Equivalent(
        text: Squeezed.of(text.utf8), put: texts[1].map { Squeezed.of($0.utf8) }, node: node)
    }
  }

  /// Whether a part of an expression is meant: its text, or one that ends with it, where several parts read alike.
  func isOfPart(_ mutant: Mutant, _ expression: [UInt8], exactly: Bool) -> Bool {
    guard put == nil, mutant.kind == .reach else { return false }
    let part = Squeezed.of(expression[mutant.range])
    if exactly { return part == text }
    return text.count > part.count
      && Squeezed.of(expression[..<mutant.range.upperBound]).suffix(text.count) == text[...]
  }

  /// Whether this is a mutant that is meant.
  func isOf(_ mutant: Mutant, _ expression: [UInt8]) -> Bool {
    guard let put, mutant.kind != .reach else { return false }
    let original = Squeezed.of(expression[...])
    var changed = expression
    changed.replaceSubrange(mutant.range, with: mutant.replacement)
    let wanted = Squeezed.of(changed[...])
    guard !text.isEmpty, original.count - text.count + put.count == wanted.count else { return false }
    for start in 0...max(0, original.count - text.count) where original[start...].starts(with: text) {
      let end = start + text.count
      if wanted[..<start] == original[..<start], wanted[start...].starts(with: put),
        wanted[(start + put.count)...] == original[end...]
      {
        return true
      }
    }
    return false
  }
}

/// A text without its line breaks and indentation: how it is laid out in the file does not matter.
enum Squeezed {
  static func of(_ text: ArraySlice<UInt8>) -> [UInt8] {
    var result: [UInt8] = []
    for byte in text {
      let isSpace = byte == 0x20 || byte == 0x0A || byte == 0x09 || byte == 0x0D
      if isSpace, result.last ?? 0x20 == 0x20 { continue }
      result.append(isSpace ? 0x20 : byte)
    }
    while result.last == 0x20 { result.removeLast() }
    return result
  }
}
