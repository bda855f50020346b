internal import ArgumentParser
internal import Catalogue
internal import Diagnostics
internal import Governance

struct Rename: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "rename",
    abstract: "Give an entity another id, wherever it is named.",
    discussion: """
      The difference is printed; comments and everything else stay as they are. The old id becomes an alias, so that \
      waivers, the baseline and whoever has the old name go on. Before anything is written, the whole repository is loaded and \
      checked with the new id: the rename is refused where it would find anything else. All files are written, or none.

      Not touched, and listed: comments, free texts, expressions and the examples of rules, and the entries of initiatives \
      that were approved by their digest. See docs/rename.md.

      Exit status: 0 the files are written (with --dry-run: would be); 2 nothing is.
      """)

  @OptionGroup var common: CommonOptions

  @Argument(help: "kind:id, or the id where only one kind has it.", completion: .ids())
  var entity: String

  @Argument(help: "The new id.")
  var id: String

  @Flag(help: "Print the difference and write nothing.")
  var dryRun = false

  func run() async throws {
    let repository = try await common.load()
    let estate = repository.estate
    let row = try repository.row(of: entity, in: estate)
    let new = try checkedID(row, estate)
    let rename = await CheckedRename.run(
      row, to: new,
      CheckedMerge.Repository(
        files: repository.files, estate: estate, diagnostics: repository.diagnostics,
        isVocabularyWhole: repository.isVocabularyWhole, settings: repository.settings.values),
      tasks: common.jobs)
    let (old, current) = (estate.identity(row), "\(estate.kind(of: row).name):\(new)")
    if !rename.problems.isEmpty {
      Terminal.complain(rename.problems)
      throw failed("\(old) is not renamed, and nothing is written")
    }
    if !dryRun { try write(rename.changes, repository.tree) }
    if !common.quiet {
      let diff = rename.changes.map { UnifiedDiff.text($0.name, before: $0.before, after: $0.after) }.joined()
      Terminal.write(Terminal.isOutput ? escapedForTerminal(diff, keepingLineBreaks: true) : diff)
      tell(rename, estate.entity(row).id)
    }
    let references = "\(rename.referenceCount) \(rename.referenceCount == 1 ? "reference" : "references")"
    let files = "\(rename.changes.count) \(rename.changes.count == 1 ? "file" : "files")"
    Terminal.complain("\(dryRun ? "would rename" : "renamed") \(old) to \(current): \(references), in \(files)\n")
  }

  /// The new id; a sentence and status 2 where the entity cannot have it.
  private func checkedID(_ row: Int32, _ estate: Estate) throws -> String {
    let kind = estate.kind(of: row)
    let name = estate.identity(row)
    guard estate.entity(row).node != nil, kind.isWritten else {
      throw failed("\(name) is derived; nobody gave it its id")
    }
    if kind.ownerRelation != nil || estate.entity(row).owner >= 0 {
      throw failed("\(name) is a part; its id is changed by hand, where it stands")
    }
    if ["metamodel", "settings", "functions"].contains(kind.name) {
      throw failed("nothing refers to \(kind.name) documents; change the id of \(name) by hand")
    }
    let prefix = "\(kind.name):"
    let new = id.hasPrefix(prefix) ? String(id.dropFirst(prefix.count)) : id
    guard EntityID.isID(new) else {
      throw failed(
        "\(escapedForTerminal(id)) cannot be an id: it is made of a-z, 0-9 and single hyphens, at most 80 bytes")
    }
    if new == estate.entity(row).id { throw failed("\(name) is called that already") }
    if estate.ids.row(new, kind: kind.index) != nil { throw failed("\(prefix)\(new) is there already") }
    if let other = estate.ids.row(alias: new, kind: kind.index), other != row {
      throw failed("\(prefix)\(new) is an alias of \(estate.identity(other))")
    }
    for initiative in estate.initiatives where initiative.added.contains(where: { estate.identity($0) == prefix + new })
    {
      throw failed("initiative:\(initiative.id) adds \(prefix)\(new)")
    }
    return new
  }

  private static let shownLimit = 10

  /// What still says the old id.
  private func tell(_ rename: CheckedRename, _ old: String) {
    func list(_ places: [SourceRange]) {
      let limit = common.verbose ? places.count : Self.shownLimit
      for place in places.prefix(limit) {
        let line = place.source.position(at: place.utf8Range.lowerBound).line
        Terminal.complain("  \(escapedForTerminal(place.source.name)):\(line)\n")
      }
      if places.count > limit { Terminal.complain("  … and \(places.count - limit) more; --verbose shows all\n") }
    }
    if !rename.kept.isEmpty {
      Terminal.complain("approved as they are, these entries go on naming \(old), by the alias:\n")
      list(rename.kept)
    }
    if !rename.mentions.isEmpty {
      Terminal.complain("texts, comments and expressions that say \(old) are not touched:\n")
      list(rename.mentions)
    }
  }

  private func write(_ changes: [InitiativeMerge.Change], _ tree: WorkingTree) throws {
    do {
      try FileReplacement.replace(
        changes.map { .init(path: "\(tree.root)/\($0.name)", before: $0.before, after: $0.after) })
    } catch {
      throw failed(error.description)
    }
  }

  private func failed(_ sentence: String) -> ExitCode {
    Terminal.complain("triglyph: \(sentence)\n")
    return ExitCode(2)
  }
}
