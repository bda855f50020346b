import Foundation
import Subprocess
import Testing

/// The script that runs what pages show refuses what it cannot run, and what pages lead to is there. That every page shows what
/// comes of it, Scripts/docs.sh says.
@Suite struct DocumentationTests {
  static let root = ReadmeTests.root

  // MARK: The script that runs a page

  @Test(arguments: [
    ("```yaml\nkind: system\n```\n", "3: the block above is not run, and nothing says why"),
    ("<!-- file: a.yaml -->\nText\n```yaml\n```\n", "2: a block has to follow `file: a.yaml`"),
    ("<!-- run: false -->\n", nil),
    ("<!-- run: echo more -->\n", "1: more"),
    ("<!-- part of: a.yaml -->\n```yaml\na: 1\n```\n", "4: there is no file a.yaml"),
    ("<!-- add to: a.yaml -->\n```yaml\na: 1\n```\n", "4: there is no file a.yaml to add to"),
    (
      "<!-- file: a.yaml -->\n```yaml\na: 1\n```\n<!-- part of: a.yaml -->\n```yaml\na: 2\n```\n",
      "8: this does not stand in a.yaml"
    ),
    ("```console\n$ exit 3\n```\n", "2: status 3: exit 3"),
    ("<!-- each line runs -->\n```\ntrue\nfalse # found\n```\n", nil),
    ("<!-- each line runs -->\n```\ntrue\nexit 2\n```\n", "5: status 2: exit 2"),
    ("<!-- excerpt -->\n```console\n$ seq 5\n2\n…\n4\n5\n```\n", nil),
    ("<!-- excerpt -->\n```console\n$ seq 5\n4\n…\n2\n```\n", "7: the command does not write, or not in this order: 2"),
    ("<!-- excerpt -->\n```console\n1\n```\n", "4: an excerpt begins with its command"),
    ("```console\n$ true\n", "2: a block is not closed"),
    ("<!-- values: -->\n| `1 +` | `2` | |\n", "2: 1 +: "),
  ])
  func `a page that is not run whole is refused at its line`(text: String, says: String?) async throws {
    let place = try TemporaryRepository(["page.md": text])
    let run = try await Self.script("pages.sh", "\(place.path)/page.md")
    guard let says else {
      #expect(run.errors == "" && run.status == 0)
      return
    }
    #expect(run.status == 2)
    #expect(run.errors.hasPrefix("\(place.path)/page.md:\(says)"), "\(run.errors)")
  }

  @Test func `what stands in a page is put right, and nothing else in it`() async throws {
    let page = """
      # Page

      <!-- run: mkdir -p inner -->
      <!-- file: inner/a.yaml -->
      ```yaml
      a:
        - b: 1
      ```

      ````console
      $ cat inner/a.yaml; false
      old
      $ cd inner
      $ ls
      ````

      <!-- part of: a.yaml -->
      ```yaml
      - b: 1
      ```

      """
    let place = try TemporaryRepository(["page.md": page])
    let run = try await Self.script("pages.sh", "--write", "\(place.path)/page.md")
    #expect(run.errors == "" && run.status == 0 && run.output == "")
    let written = try #require(place.contents(of: "page.md"))
    #expect(
      written.contains("$ cat inner/a.yaml; false\na:\n  - b: 1\n$ cd inner\n$ ls\na.yaml\n````\n"), "\(written)")
    let again = try await Self.script("pages.sh", "\(place.path)/page.md")
    #expect(again.output == written)
  }

  // MARK: Links

  /// Every Markdown file of the project, by its path.
  private static func pages() throws -> [String: String] {
    var result: [String: String] = [:]
    let found = try #require(
      FileManager.default.enumerator(at: root, includingPropertiesForKeys: nil, options: [.skipsHiddenFiles]))
    for case let file as URL in found {
      if ["build", "Starter", "Snapshots"].contains(file.lastPathComponent) { found.skipDescendants() }
      guard file.pathExtension == "md" else { continue }
      let path = file.resolvingSymlinksInPath().path.dropFirst(root.path.count + 1)
      result[String(path)] = try String(contentsOf: file, encoding: .utf8)
    }
    return result
  }

  /// A page without its blocks and its code.
  private static func prose(_ page: String) -> String {
    var fence: Substring?
    var lines: [String] = []
    for line in page.split(separator: "\n", omittingEmptySubsequences: false) {
      let ticks = line.prefix { $0 == "`" }
      if let open = fence {
        if line == open { fence = nil }
      } else if ticks.count >= 3 {
        fence = ticks
      } else {
        lines.append(String(line).replacing(#/`[^`]*`/#, with: "code"))
      }
    }
    return lines.joined(separator: "\n")
  }

  /// The anchors of a page: those that it sets, and those that forges make of its headings.
  private static func anchors(_ page: String) -> Set<String> {
    var result = Set(page.matches(of: #/<a id="([^"]+)">/#).map { String($0.output.1) })
    for match in page.matches(of: #/(?m)^#{1,6} (.+)$/#) {
      let kept = match.output.1.lowercased().unicodeScalars.filter {
        $0.properties.isAlphabetic || ("0"..."9").contains($0) || $0 == " " || $0 == "-" || $0 == "_"
      }
      result.insert(String(String.UnicodeScalarView(kept)).replacing(" ", with: "-"))
    }
    return result
  }

  private static func links(_ page: String) -> [(target: String, anchor: String?)] {
    prose(page).matches(of: #/\]\(([^)\s]*)\)/#).compactMap { match in
      let parts = match.output.1.split(separator: "#", maxSplits: 1, omittingEmptySubsequences: false)
      guard let target = parts.first, !target.contains(":") else { return nil }
      return (String(target), parts.count > 1 ? String(parts[1]) : nil)
    }
  }

  private static func resolve(_ target: String, from page: String) -> String {
    if target.isEmpty { return page }
    let folder = URL(fileURLWithPath: "/\(page)").deletingLastPathComponent()
    return String(folder.appendingPathComponent(target).standardizedFileURL.path.dropFirst())
  }

  @Test func `every link in every page leads somewhere`() throws {
    let pages = try Self.pages()
    var count = 0
    for (path, text) in pages.sorted(by: { $0.key < $1.key }) {
      for (target, anchor) in Self.links(text) {
        count += 1
        let place = Self.resolve(target, from: path)
        let isThere = FileManager.default.fileExists(atPath: Self.root.appendingPathComponent(place).path)
        #expect(isThere, "\(path): \(target)")
        guard let anchor, let page = pages[place] else { continue }
        #expect(Self.anchors(page).contains(anchor), "\(path): \(target)#\(anchor)")
      }
    }
    #expect(count > 1_000)
  }

  @Test func `every page of the documentation stands in its index`() throws {
    let pages = try Self.pages().filter { $0.key.hasPrefix("docs/") }
    // Generated folders have an index of their own.
    let indexes = [
      "docs/README.md", "docs/rules/README.md", "docs/standards/README.md", "docs/reference/kinds/README.md",
    ]
    var linked: Set<String> = ["docs/README.md"]
    for index in indexes {
      let text = try #require(pages[index], "\(index)")
      linked.formUnion(Self.links(text).map { Self.resolve($0.target, from: index) })
    }
    #expect(pages.keys.filter { !linked.contains($0) }.sorted() == [], "link it from docs/README.md")
  }

  // MARK: Commands in sentences

  /// What `triglyph --experimental-dump-help` tells.
  private struct Help: Decodable {
    var command: Command

    struct Command: Decodable {
      var commandName: String
      var subcommands: [Command]?
      var arguments: [Argument]?
    }

    struct Argument: Decodable {
      var names: [Name]?
    }

    struct Name: Decodable {
      var name: String
      var kind: String
      var spelling: String { (kind == "long" ? "--" : "-") + name }
    }
  }

  /// What is wrong with a command as a sentence names it: what comes after `triglyph` is a command, and each option one of its own.
  private static func fault(_ words: [Substring], _ root: Help.Command) -> String? {
    var (command, isNamed) = (root, false)
    for word in words {
      if !isNamed, let next = command.subcommands?.first(where: { $0.commandName == word }) {
        command = next
      } else if word == "--generate-completion-script" {
        return nil
      } else if word.hasPrefix("-"), word != "-" {
        let option = word.prefix { $0 != "=" }
        let known = (command.arguments ?? []).flatMap { $0.names ?? [] }.map(\.spelling)
        if !known.contains(String(option)) { return "\(command.commandName) has no \(option)" }
      } else if command.commandName == root.commandName, word.allSatisfy({ $0.isLowercase }) {
        return "there is no command \(word)"
      } else {
        isNamed = true
      }
    }
    return nil
  }

  @Test func `each command that a sentence names is one, with options that it has`() async throws {
    let dump = try await BuiltCommand.run("--experimental-dump-help")
    let root = try JSONDecoder().decode(Help.self, from: Data(dump.output.utf8)).command
    #expect(Self.fault(["chekc"], root) == "there is no command chekc")
    #expect(Self.fault(["check", "--gaet"], root) == "check has no --gaet")
    #expect(Self.fault(["import", "csv", "FILE", "--map=m.yaml"], root) == nil)
    var count = 0
    for (path, text) in try Self.pages().sorted(by: { $0.key < $1.key })
    where !["CHANGELOG.md", "docs/silent-passes.md"].contains(path) {
      for match in text.matches(of: #/`triglyph ([^`\\]*)`/#) {
        count += 1
        // What comes behind a quote, a pipe or another place to write to is not looked at.
        let words = match.output.1.prefix { !"'\"|><&;".contains($0) }.split { $0 == " " || $0 == "\n" }
        if let fault = Self.fault(words, root) { Issue.record("\(path): triglyph \(match.output.1): \(fault)") }
      }
    }
    #expect(count > 200)
  }

  // MARK: Support

  private static func script(_ name: String, _ arguments: String...) async throws -> BuiltCommand.Run {
    let triglyph = try #require(BuiltCommand.location())
    let result = try await Subprocess.run(
      .path("/bin/bash"), arguments: Arguments([root.appendingPathComponent("Scripts/\(name)").path] + arguments),
      environment: .custom(["PATH": "/usr/local/bin:/usr/bin:/bin", "TRIGLYPH": triglyph]),
      output: .string(limit: 4 << 20), error: .string(limit: 1 << 20))
    guard case .exited(let status) = result.terminationStatus else {
      return BuiltCommand.Run(status: -1, output: result.standardOutput, errors: result.standardError)
    }
    return BuiltCommand.Run(status: status, output: result.standardOutput, errors: result.standardError)
  }
}
