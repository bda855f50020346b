public import Diagnostics

/// The documents of one file, and what was wrong with it.
public struct YAMLFile: Sendable {
  public let source: SourceText
  /// In the order of the text. A document with a syntax error in it is absent, and so is one without content.
  public let documents: [YAMLDocument]
  public let brokenDocuments: [BrokenDocument]
  /// Sorted for printing.
  public let diagnostics: [Diagnostic]

  /// Whether it holds nothing but comments, and nothing was wrong with it.
  public var isEmpty: Bool { documents.isEmpty && brokenDocuments.isEmpty && diagnostics.isEmpty }

  /// Reads YAML 1.2 without tags, merge keys, complex keys and directives, each of which is an error.
  ///
  /// A mistake costs the document that it stands in. A null value, a tag or an unknown alias costs its node only, which
  /// stays in the tree with `isReported`; an entry with a duplicate, complex, empty or merge key is left out.
  /// Linear in the size of the file, at about libyaml's own speed.
  public static func parse(_ source: SourceText, limits: YAMLLimits = YAMLLimits()) -> YAMLFile {
    guard source.bytes.count <= min(limits.maximumFileBytes, Int(Int32.max)) else {
      return YAMLFile(refusing: source, .fileTooLarge(source, limit: limits.maximumFileBytes))
    }
    return source.bytes.withUnsafeBufferPointer { bytes in
      if let name = unsupportedEncoding(bytes) { return YAMLFile(refusing: source, .unsupportedEncoding(source, name)) }
      var reader = FileReader(source, bytes, limits: limits)
      return reader.read()
    }
  }

  init(
    source: SourceText, documents: [YAMLDocument], brokenDocuments: [BrokenDocument], diagnostics: [Diagnostic]
  ) {
    self.source = source
    self.documents = documents
    self.brokenDocuments = brokenDocuments
    self.diagnostics = diagnostics
  }

  private init(refusing source: SourceText, _ diagnostic: Diagnostic) {
    let whole = SourceRange(source, 0..<source.bytes.count)
    self.init(
      source: source, documents: [],
      brokenDocuments: [BrokenDocument(range: whole, kind: nil, id: nil, aliases: [])], diagnostics: [diagnostic])
  }

  /// The encoding that a byte-order mark tells, where it is not UTF-8.
  private static func unsupportedEncoding(_ bytes: UnsafeBufferPointer<UInt8>) -> String? {
    if bytes.starts(with: [0xFF, 0xFE, 0, 0]) || bytes.starts(with: [0, 0, 0xFE, 0xFF]) { return "UTF-32" }
    if bytes.starts(with: [0xFF, 0xFE]) || bytes.starts(with: [0xFE, 0xFF]) { return "UTF-16" }
    return nil
  }
}
