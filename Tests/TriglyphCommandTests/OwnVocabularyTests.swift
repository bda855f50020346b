import Foundation
import Testing

/// A small repository whose vocabulary, standard and rules are all its own: no pack, and none of the words of one.
@Suite struct OwnVocabularyTests {
  static let folder = ReadmeTests.root.appendingPathComponent("Tests/TriglyphCommandTests/OwnVocabulary").path

  @Test(arguments: ["2026-11-22", "2027-06-01", "2041-01-01"])
  func `it passes its own check, with nothing idle`(day: String) async throws {
    let check = try await BuiltCommand.run("check", "--repository", Self.folder, "--as-of", day, "--verbose")
    #expect(check.status == 0)
    #expect(check.output.contains("initiative pay-by-phone (design) on "))
    #expect(check.output.contains(": changes no finding"))
    let told = check.output.split(separator: "\n").filter { $0.contains(" targets; ") }
    #expect(told.count == 3)
    for line in told { #expect(!line.contains("; 0 passed,"), "\(line)") }
    #expect(!check.output.contains("of your own"))
  }

  @Test func `its examples hold, and its commands know its words`() async throws {
    let test = try await BuiltCommand.run("test", "--repository", Self.folder)
    #expect(test.output == "3 rules, 6 examples: 6 hold, 0 do not\n")
    let reuse = try await BuiltCommand.run("reuse", "--repository", Self.folder, "take card payments")
    #expect(reuse.status == 0)
    #expect(reuse.output.contains("card-payments"))
    let drawn = try await BuiltCommand.run("draw", "landscape", "--repository", Self.folder, "-f", "dot")
    #expect(drawn.status == 2)
    #expect(drawn.errors.contains("a landscape needs the role `integration`, which nothing in the metamodel has"))
  }
}
