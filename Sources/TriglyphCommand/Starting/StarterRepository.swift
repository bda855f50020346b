internal import CEL
internal import Catalogue
internal import Diagnostics
internal import Interchange

/// The small repository that `init` writes. Its files stand in the folder `Starter`, which is a repository itself.
struct StarterRepository {
  enum CI: String, CaseIterable { case github, gitlab, none }

  var ci: CI
  /// As CODEOWNERS takes them, divided by spaces.
  var owners: String
  /// Where the integrations come from: `OWNER/REPOSITORY`, and a tag or a commit.
  var source: (repository: String, revision: String)
  /// The day on which the proposal in it goes live.
  var goLive: CivilDate

  /// What the files say where nobody said anything else.
  static let placeholder = (
    owners: "@your-organisation/design-authority",
    source: (repository: "your-organisation/triglyph", revision: "v0.1.0"),
    goLive: "2027-06-01"
  )

  /// Paths from the repository's root, sorted, with what the files say.
  var files: [(path: String, text: String)] {
    var all: [(path: String, bytes: [UInt8])] = [
      ("CODEOWNERS", PackageResources.CODEOWNERS),
      ("README.md", PackageResources.README_md),
      ("catalogue/capabilities.yaml", PackageResources.capabilities_yaml),
      ("catalogue/datasets.yaml", PackageResources.datasets_yaml),
      ("catalogue/initiatives/pay-by-phone.yaml", PackageResources.pay_by_phone_yaml),
      ("catalogue/organisations.yaml", PackageResources.organisations_yaml),
      ("catalogue/services.yaml", PackageResources.services_yaml),
      ("catalogue/systems/systems.yaml", PackageResources.systems_yaml),
      ("rules/our-two-factors-for-cards.yaml", PackageResources.our_two_factors_for_cards_yaml),
      ("standards/our.yaml", PackageResources.our_yaml),
      ("triglyph.yaml", PackageResources.triglyph_yaml),
    ]
    if let path = ciFile {
      all.append((path, ci == .github ? PackageResources.architecture_yml : PackageResources.gitlab_ci_yml))
    }
    return all.sorted { $0.path < $1.path }.map { ($0.path, filled(String(decoding: $0.bytes, as: UTF8.self))) }
  }

  /// What its documents' first lines lead editors to, from the vocabulary that it uses.
  func schemas(asOf day: CivilDate) async -> [(path: String, text: String)] {
    let own = files.map { SourceText(name: $0.path, text: $0.text) }
    var diagnostics: [Diagnostic] = []
    let settings = RepositorySettings.read(own.first { $0.name == RepositoryLayout.settingsFile }, &diagnostics)
    let documents = own.filter { file in RepositoryLayout.folders.contains { file.name.hasPrefix($0 + "/") } }
    let result = await RepositoryReader.read(
      documents + settings.packs.flatMap(\.sources), asOf: day, settings: settings.values, derives: false)
    return SchemaSet(result.estate.metamodel).files.map { ("\(SchemaFolder.usual)/\($0.path)", $0.text) }
  }

  var ciFile: String? {
    switch ci {
    case .github: ".github/workflows/architecture.yml"
    case .gitlab: ".gitlab-ci.yml"
    case .none: nil
    }
  }

  private func filled(_ text: String) -> String {
    let known = Self.placeholder
    return text.replacing("/.github/ \(known.owners)\n", with: ci == .github ? "/.github/ \(known.owners)\n" : "")
      .replacing("/.gitlab-ci.yml \(known.owners)\n", with: ci == .gitlab ? "/.gitlab-ci.yml \(known.owners)\n" : "")
      .replacing(known.owners, with: owners)
      .replacing("\(known.source.repository)@\(known.source.revision)", with: "\(source.repository)@\(source.revision)")
      .replacing("project: \(known.source.repository)\n", with: "project: \(source.repository)\n")
      .replacing("source: \(known.source.repository)\n", with: "source: \(source.repository)\n")
      .replacing("ref: \(known.source.revision)\n", with: "ref: \(source.revision)\n")
      .replacing("revision: \(known.source.revision)\n", with: "revision: \(source.revision)\n")
      .replacing(known.goLive, with: goLive.text)
  }
}
