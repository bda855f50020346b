import CEL
import Testing

@testable import Catalogue

@Suite struct SettingsTests {
  static func load(_ values: String, _ more: String = "") async throws -> TestEstate {
    try await TestEstate("kind: settings\nid: s\nname: S\nvalues: \(values)\n\(more)")
  }

  @Test func `A setting is its default until a document gives it`() async throws {
    let unset = try await Self.load("{limit: 3}")
    #expect(unset.problems.isEmpty)
    #expect(unset.shown(unset.estate.settings["horizon"] ?? .null) == "2y")
    #expect(unset.shown(unset.estate.settings["limit"] ?? .null) == "3")
    let set = try await Self.load("{horizon: 6m}")
    #expect(set.shown(set.estate.settings["horizon"] ?? .null) == "6m")
    #expect(set.estate.settings["limit"] == nil)
  }

  @Test(arguments: [
    ("[limit]", "wrong-shape a.yaml:4:9 `values` is a mapping, and this is a list"),
    ("{limt: 3}", "unknown-key a.yaml:4:10 the settings has no `limt`"),
    ("{limit: x}", "wrong-value a.yaml:4:17 `x` is not a whole number"),
    ("{limit: [3]}", "wrong-shape a.yaml:4:17 `limit` is a single value, and this is a list"),
  ])
  func `A mistake in a setting is reported at its place`(_ values: String, _ expected: String) async throws {
    #expect(try await Self.load(values).problems == [expected])
  }

  @Test func `A setting that two documents give is reported, and the first by id holds`() async throws {
    let loaded = try await Self.load("{limit: 3}", "---\nkind: settings\nid: t\nname: T\nvalues: {limit: 4}\n")
    #expect(loaded.problems == ["duplicate a.yaml:9:10 the setting limit is there already"])
    #expect(loaded.shown(loaded.estate.settings["limit"] ?? .null) == "3")
  }
}
