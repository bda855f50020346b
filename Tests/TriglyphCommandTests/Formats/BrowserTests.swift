import Foundation
import Subprocess
import Testing

enum Browser {
  static let isThere = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"].contains { name in
    ["/usr/bin", "/usr/local/bin"].contains { FileManager.default.isExecutableFile(atPath: "\($0)/\(name)") }
  }
}

/// The page of a check in a real browser, which filters, groups and counts as a reader would.
@Suite(
  .serialized,
  .enabled(if: Browser.isThere, "SKIPPED: there is no Chromium here, which drives the page of a check"))
struct BrowserTests {
  private func browse(_ arguments: String...) async throws -> [String: Any] {
    let script = ImportTableTests.root.appendingPathComponent("Tests/Consumers/browse.py").path
    let result = try await Subprocess.run(
      .path("/usr/bin/env"), arguments: Arguments(["python3", script] + arguments),
      environment: .custom(["PATH": "/usr/local/bin:/usr/bin:/bin", "PYTHONDONTWRITEBYTECODE": "1"]),
      output: .string(limit: 16 << 20), error: .string(limit: 1 << 20))
    #expect(result.terminationStatus == .exited(0), "\(result.standardError)")
    return try #require(
      try JSONSerialization.jsonObject(with: Data(result.standardOutput.utf8)) as? [String: Any])
  }

  private func page(of root: String) async throws -> TemporaryRepository {
    let folder = try TemporaryRepository()
    let run = try await BuiltCommand.run(
      "check", "--repository", root, "--as-of", "2026-12-01", "-f", "html=\(folder.path)/check.html", "-f",
      "json=\(folder.path)/check.json")
    #expect(run.errors == "")
    return folder
  }

  @Test(.timeLimit(.minutes(1))) func `every choice shows what it says, and nothing is lost by grouping`() async throws
  {
    let folder = try await page(of: ImportTableTests.root.path)
    let report = try await browse("\(folder.path)/check.html")
    let json = try #require(
      try JSONSerialization.jsonObject(with: Data((folder.contents(of: "check.json") ?? "").utf8)) as? [String: Any])
    let findings = try #require(json["findings"] as? [[String: Any]])
    let count = Set(findings.compactMap { $0["identity"] as? String }).count
    let all = try #require(report["all"] as? [String: Any])
    #expect(all["shown"] as? Int == count && all["told"] as? String == "\(count) findings")
    let choices = try #require(report["choices"] as? [[String: Any]])
    #expect(choices.count > 40)
    for choice in choices {
      let shown = try #require(choice["shown"] as? Int)
      #expect(shown > 0 && (choice["text"] as? String)?.hasSuffix(" (\(shown))") == true, "\(choice)")
      #expect((choice["told"] as? String)?.hasPrefix("\(shown) of \(count) findings (") == true, "\(choice)")
    }
    // What JSON says of severities and initiatives is what the lists show.
    let blockers = Set(
      findings.filter { $0["severity"] as? String == "blocker" }.compactMap { $0["identity"] as? String })
    #expect(choices.first { $0["value"] as? String == "blocker" }?["shown"] as? Int == blockers.count)
    let resolved = findings.filter { ($0["initiative"] as? [String: Any])?["comparison"] as? String == "resolved" }
    #expect(
      choices.first { $0["value"] as? String == "resolved" }?["shown"] as? Int
        == Set(resolved.compactMap { $0["identity"] as? String }).count)
    let groups = try #require(report["groups"] as? [String: [String: Any]])
    #expect(Set(groups.keys) == ["rule", "standard", "owner", "initiative", "severity", "file"])
    for (name, group) in groups { #expect(group["shown"] as? Int == count, "\(name)") }
    let search = try #require(report["search"] as? [String: Any])
    #expect((search["shown"] as? [String])?.contains(search["for"] as? String ?? "") == true)
    let anchor = try #require(report["anchor"] as? [String: Any])
    #expect(anchor["open"] as? Bool == true && anchor["focused"] as? Bool == true)
    #expect(report["dark"] as? String != report["light"] as? String)
    for key in ["unlabelled", "complaints", "asked"] { #expect((report[key] as? [Any])?.isEmpty == true, "\(key)") }
    #expect(report["wide"] as? Int == 0 && report["wideWhenNarrow"] as? Int == 0)
    #expect((report["titlesWhenPrinted"] as? Double ?? 0) > 120, "titles of rules have room on paper")
  }

  @Test(.timeLimit(.minutes(1))) func `hostile names do nothing in it, with the script and without`() async throws {
    var files = TemporaryRepository.base
    let names = [
      "</script><script>document.title = 1</script>", "<img src=x onerror=document.title=1>", "\\\"quoted\\\" 'twice'",
      "[x](javascript:alert(1))", "\\u202Egnp.exe", "&lt;b&gt;", "${1}",
    ]
    for (index, name) in names.enumerated() {
      files["catalogue/\(index).yaml"] = "{kind: system, id: s\(index), name: \"\(name)\", mfa: false}\n"
    }
    let repository = try TemporaryRepository(files)
    let folder = try await page(of: repository.path)
    let report = try await browse("\(folder.path)/check.html")
    #expect((report["complaints"] as? [Any])?.isEmpty == true && (report["asked"] as? [Any])?.isEmpty == true)
    #expect(report["scripts"] as? Int == 1)
    // A phone shows every count.
    #expect(report["cutWhenNarrow"] as? Int == 0)
    let text = try #require(try await browse("\(folder.path)/check.html", "--without-script")["text"] as? String)
    #expect(text.contains("<img src=x onerror=document.title=1>") && text.contains("&lt;b&gt;"))
    #expect(!text.contains("Words in a finding") && !text.contains("Colours"), "what needs the script is not offered")
  }
}
