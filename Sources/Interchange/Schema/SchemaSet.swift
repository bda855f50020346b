package import Catalogue

/// The schemas of a repository's documents, generated from its metamodel: of any document, of each kind alone, and of the
/// two files beside the documents.
package struct SchemaSet {
  private var maker: SchemaMaker
  private let settings: SchemaValue
  private let baseline: SchemaValue

  /// What every schema says of itself; a file that does not is somebody's own.
  package static let mark = "Written by `triglyph schema` from the repository's metamodel; it is not edited by hand."
  static let admitted = "nobody knows it yet: a gap that is admitted"
  /// What must be known of a waiver.
  static let certainOfWaivers = [
    "builtIn", "conditions", "expects", "from", "initiative", "reason", "rule", "targets", "until", "values",
  ]

  package struct File {
    package var path: String
    package var text: String
  }

  package init(_ metamodel: Metamodel) {
    maker = SchemaMaker(metamodel)
    settings = maker.settingsFile()
    baseline = maker.baselineFile()
  }

  /// Any document, told apart by its `kind`.
  package var document: String {
    maker.whole(
      "A document of the catalogue", "Any document: its `kind` says which.", .all([.reference(SchemaMaker.anyDocument)])
    ).json
  }

  /// Documents of one kind.
  package func document(of kind: Kind) -> String {
    let isKind = SchemaValue.object(["properties": .object(["kind": .object(["const": .text(kind.name)])])])
    return maker.whole(
      kind.title, kind.why ?? "A document of kind \(kind.name).",
      isKind.adding(entries: maker.document(kind, isWhole: true))
    ).json
  }

  /// `triglyph.yaml`.
  package var settingsFile: String {
    maker.whole("triglyph.yaml", "How the repository is checked.", settings).json
  }

  /// `baseline.yaml`.
  package var baselineFile: String {
    maker.whole("baseline.yaml", "The findings that an authority starts with.", baseline).json
  }

  /// Every schema as a file of a folder.
  package var files: [File] {
    [
      File(path: "baseline.json", text: baselineFile), File(path: "document.json", text: document),
      File(path: "triglyph.json", text: settingsFile),
    ] + maker.writtenKinds.map { File(path: "kinds/\($0.name).json", text: document(of: $0)) }
  }
}
