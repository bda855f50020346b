internal import ArgumentParser
internal import Catalogue
internal import Diagnostics
internal import Packs
internal import Reports

struct PacksCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "packs",
    abstract: "The vocabularies, standards and rules that travel in this executable.",
    discussion: "A repository uses one with `use: [public-sector/1]` in triglyph.yaml.",
    subcommands: [PacksList.self, PacksShow.self, PacksExport.self],
    defaultSubcommand: PacksList.self)
}

struct PacksList: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "list", abstract: "List the packs, and which the repository here uses.")

  @OptionGroup var common: CommonOptions

  func run() async throws {
    var told: [Diagnostic] = []
    // Packs are there without a repository, too.
    let settings = (try? WorkingTree.nearest(to: common.repository)).flatMap { try? $0.settings() }
    let used = RepositorySettings.read(settings, &told).packs.map(\.id)
    var text = ""
    for pack in PackRegistry.shipped.packs {
      text += "\(pack.id)  \(pack.summary)\n"
      if common.quiet { continue }
      text += "  \(await pack.page(asOf: common).counts)\(used.contains(pack.id) ? "; in use here" : "")\n"
    }
    Terminal.write(text)
  }
}

struct PacksShow: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "show", abstract: "Show what a pack holds: kinds, standards, rules, and what they ask for by name.")

  @OptionGroup var common: CommonOptions

  @Argument(help: "The pack: public-sector/1.", completion: .list(PackRegistry.shipped.packs.map(\.id)))
  var pack: String

  func run() async throws { Terminal.write(try await Pack.named(pack).page(asOf: common).text) }
}

struct PacksExport: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "export",
    abstract: "Write the files of a pack into a folder: all or, where one of them is there, none.",
    discussion: "A repository that has them among its own files, and does not use the pack, is checked alike.")

  @OptionGroup var common: CommonOptions

  @Argument(help: "The pack: public-sector/1.", completion: .list(PackRegistry.shipped.packs.map(\.id)))
  var pack: String

  @Option(help: "The folder, which is made where it is not there.")
  var output: String

  func validate() throws {
    if output.isEmpty || output.utf8.contains(0) { throw ValidationError("the folder has no name") }
  }

  func run() async throws {
    let pack = try Pack.named(pack)
    do {
      try NewFiles.write(pack.files.map { ($0.path, $0.bytes) }, under: output)
    } catch {
      Terminal.complain("triglyph: \(error.description)\n")
      throw ExitCode(2)
    }
    if !common.quiet {
      Terminal.write("\(pack.files.count) files of \(pack.id) are in \(escapedForTerminal(output))\n")
    }
  }
}

extension Pack {
  /// The pack of a name; without one a sentence and status 2.
  fileprivate static func named(_ id: String) throws -> Pack {
    if let pack = PackRegistry.shipped.pack(id) { return pack }
    let known = PackRegistry.shipped.packs.map(\.id)
    let near = suggestion(for: id, among: known) ?? "there is: \(known.joined(separator: ", "))"
    Terminal.complain("triglyph: there is no pack \(escapedForTerminal(id)); \(near)\n")
    throw ExitCode(2)
  }

  fileprivate func page(asOf common: CommonOptions) async -> PackPage {
    let loaded = await RepositoryReader.read(sources, asOf: common.date, tasks: common.jobs, derives: false)
    return PackPage(
      id: id, summary: summary, digest: digest, fileCount: files.count, estate: loaded.estate)
  }

  /// Of its files' names and bytes: two executables whose packs have one digest judge by the same text.
  private var digest: String {
    var bytes: [UInt8] = []
    for file in files { bytes += Array("\(file.path)\n\(file.bytes.count)\n".utf8) + file.bytes }
    return SHA256.hex(bytes, digitCount: 16)
  }
}
