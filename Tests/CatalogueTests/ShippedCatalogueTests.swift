import CEL
import Diagnostics
import Testing

@testable import Catalogue

@Suite struct ShippedCatalogueTests {
  static func load() async throws -> RepositoryReader.Result {
    let date = try #require(CivilDate("2026-12-01"))
    return await RepositoryReader.read(try ShippedRepository.documents(), asOf: date)
  }

  @Test func `It loads without a diagnostic or an integrity finding`() async throws {
    let result = try await Self.load()
    // What another initiative adds is there where that one is applied.
    let integrity = result.estate.integrity.filter { $0.unless < 0 }
    for diagnostic in result.diagnostics + integrity.map(\.diagnostic) {
      Issue.record("\(SnippetRenderer().render(diagnostic))")
    }
  }

  @Test(arguments: [
    ("system", 30), ("capability", 40), ("dataset", 20), ("organisation", 12), ("integration", 50), ("initiative", 4),
  ])
  func `It is large enough to be believed`(_ kind: String, _ least: Int) async throws {
    #expect(try await Self.load().estate.rows(ofKind: kind).count >= least)
  }

  @Test func `Every document that the authority wrote says where its statement comes from`() async throws {
    let estate = try await Self.load().estate
    for row in estate.entities.indices.map({ Int32($0) }) {
      let kind = estate.kind(of: row)
      guard !kind.isBuiltIn, estate.entity(row).owner < 0 else { continue }
      guard case .enumeration(_, let ordinal) = estate.value("provenance", of: row) else {
        Issue.record("\(estate.identity(row)) has no provenance")
        continue
      }
      #expect((0...2).contains(ordinal))
    }
  }

  @Test func `No Swift source but the loader's names a kind or a field of the authority's`() async throws {
    let metamodel = try await Self.load().metamodel
    let builtIn = Set(metamodel.kinds.filter(\.isBuiltIn).flatMap { [$0.name, $0.plural] + $0.members.keys })
    let scalars = Set(Scalar.names.map(\.0))
    // Words that the engine's own commands, options and formats use too.
    let shared: Set = [
      "common", "format", "to", "protocol", "category", "users", "use", "count", "person", "scheme", "style",
      "attributes", "code", "identifier", "subject", "capabilities", "role", "about",
    ]
    // Keys that SARIF and GitLab's code quality give their places.
    let keysOfFormats: Set = ["location", "locations"]
    var names: Set<String> = []
    for kind in metamodel.kinds where !kind.isBuiltIn {
      names.formUnion([kind.name, kind.plural])
      for id in kind.order {
        let field = metamodel.fields[Int(id)]
        if field.range != nil { names.insert(field.path) }
      }
    }
    names.subtract(builtIn)
    names.subtract(scalars)
    names.subtract(shared)
    #expect(names.contains("system"))
    #expect(names.contains("classification"))
    // What is generated there is the authority's own text.
    let allowed = ["Sources/Catalogue/Metamodel/", "Sources/Catalogue/Loading/", "Sources/Packs/PublicSector/"]
    for file in try ShippedRepository.files(under: "Sources", suffix: ".swift") {
      if allowed.contains(where: { file.name.hasPrefix($0) }) { continue }
      let isOfFormats = file.name.hasPrefix("Sources/Reports/Formats/")
      let lines = file.text(in: 0..<file.bytes.count).split(separator: "\n", omittingEmptySubsequences: false)
      for (index, line) in lines.enumerated() {
        // Roles and commands are the engine's words, some of them spelt like kinds.
        if line.contains("ole:") || line.contains("ole ==") || line.contains("commandName:") || line.contains("///") {
          continue
        }
        for part in line.split(separator: "\"", omittingEmptySubsequences: false).enumerated()
        where part.offset % 2 == 1 {
          if isOfFormats, keysOfFormats.contains(String(part.element)) { continue }
          if names.contains(String(part.element)) { Issue.record("\(file.name):\(index + 1) names `\(part.element)`") }
        }
      }
    }
  }
}
