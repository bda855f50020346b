extension Pack {
  /// What this project's own repository checks itself by.
  static let publicSector = Pack(
    name: "public-sector", version: 1,
    summary:
      "Vocabulary, standards and rules for a public authority: data, security, records, technology, service, change",
    files: publicSectorFiles)
}
