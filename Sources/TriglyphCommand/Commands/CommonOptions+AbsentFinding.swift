internal import Diagnostics
internal import Governance
internal import Reports

extension CommonOptions {
  /// A sentence on a finding that is not there: what became of it, where that can be known, or what to do.
  ///
  /// - Parameter report: of the whole repository.
  func absence(of name: String, _ repository: LoadedRepository, _ report: CheckReport) async -> String {
    let shown = escapedForTerminal(name)
    guard Self.isShortName(name) else {
      return "\(shown) is no finding's name, which is f- and ten hexadecimal digits; \(Self.listing)"
    }
    let start = "there is no finding \(shown) now"
    if repository.baseline?.entries.contains(where: { Finding.shortName(of: $0.current) == name }) == true {
      return "\(start): the baseline holds it, and it is put right; `triglyph baseline` takes it out"
    }
    if let commit = await lastCommit(with: name, repository) {
      return "\(start): it was there at HEAD (\(commit)), and the working tree puts it right"
    }
    if let near = suggestion(for: name, among: report.allFindings.map(\.shortName)) { return "\(start); \(near)" }
    return "\(start); \(Self.listing)"
  }

  private static let listing = "`triglyph check --verbose` lists those that there are"

  private static func isShortName(_ name: String) -> Bool {
    name.hasPrefix("f-") && name.utf8.count == 12
      && name.utf8.dropFirst(2).allSatisfy { (0x30...0x39).contains($0) || (0x61...0x66).contains($0) }
  }

  /// The commit that is checked out, where the finding was there; nil: it was not, or there is none to look at.
  private func lastCommit(with name: String, _ repository: LoadedRepository) async -> String? {
    guard let contents = try? await RepositoryContents.ofRevision("HEAD", repository.tree) else { return nil }
    let before = await LoadedRepository.load(contents, asOf: date, tasks: jobs, derives: .readByRules)
    guard before.errorCount == 0,
      let report = try? await check(before, failOn: nil, failsOnUndecided: false, loadedIn: .zero),
      report.allFindings.contains(where: { $0.shortName == name && $0.isPresent })
    else { return nil }
    return contents.revision?.shortCommit
  }
}
