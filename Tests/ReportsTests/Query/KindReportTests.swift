import Foundation
import Testing

@testable import Reports

/// What can be asked.
@Suite struct KindReportTests {
  private let texts = [
    metamodel,
    (
      name: "catalogue/more.yaml",
      text: """
      kind: metamodel
      id: more
      name: More
      kinds:
        dataset: {relations: {keeper: {to: system, inverse: keeps, role: owner}}}
        system:
          fields: {tags: {type: string, many: true}, redundant: {type: boolean, default: false, why: Says it.}}
          derived: {secretive: {type: boolean, is: 'self.classification == "secret"'}}
      unions:
        thing: {of: [dataset, system]}

      """
    ), questioned,
  ]

  @Test func `the fields of a kind, with their types, origins and values`() async throws {
    let (report, _) = await report(texts)
    let kinds = KindReport(report.estate)
    let lines = try #require(kinds.fields(of: "system", .tsv)).split(separator: "\n")
    for line in [
      "field\ttype\tfrom\tif absent\twhat it is",
      "classification\tclassification\trecorded, required\tunknown\tpublic < official < secret. Tests.",
      "mfa\tbool\trecorded\tunknown\t", "holds\tlist(dataset)\trecorded\tnone\t", "name\tstring\trecorded\tthe id\t",
      "fedBy\tlist(system)\tinverse of system.feeds\t\t", "tags\tlist(string)\trecorded\tnone\t",
      "redundant\tbool\trecorded\tdefault false\tSays it.",
      "secretive\tbool\tderived\t\tself.classification == \"secret\"", "kind\tstring\tcomputed\t\t",
    ] {
      #expect(lines.contains { $0 == line }, "\(line)")
    }
    let dataset = try #require(kinds.fields(of: "dataset", .tsv))
    #expect(dataset.hasSuffix("owner\tsystem\tthe same as `keeper`\tas there\t\n"))
    #expect(kinds.fields(of: "sistem", .tsv) == nil)
  }

  @Test func `every field that is listed can be asked for, and every one that can is listed`() async throws {
    let (report, _) = await report(texts)
    let metamodel = report.estate.metamodel
    for kind in metamodel.kinds {
      let listed = try #require(FieldListing.all(of: kind.name, metamodel)).map(\.name)
      #expect(Set(listed).isSuperset(of: metamodel.fieldNames(ofKind: kind.index)), "\(kind.name)")
      #expect(listed.allSatisfy { metamodel.field($0, ofKind: kind.index) != nil }, "\(kind.name)")
    }
  }

  @Test func `a union lists what its kinds share`() async throws {
    let (report, _) = await report(texts)
    let lines = try #require(KindReport(report.estate).fields(of: "thing", .tsv)).split(separator: "\n")
    #expect(lines.contains { $0.hasPrefix("classification\t") })
    #expect(!lines.contains { $0.hasPrefix("mfa\t") || $0.hasPrefix("holds\t") || $0.hasPrefix("keeper\t") })
  }

  @Test func `the kinds and unions, with how many there are`() async throws {
    let (report, _) = await report(texts)
    let kinds = KindReport(report.estate)
    let lines = kinds.kinds(.tsv).split(separator: "\n")
    #expect(lines.first == "kind\tentities\twhat it is")
    #expect(lines.contains("system\t5\t"))
    #expect(lines.contains("thing\t7\tany of dataset, system"))
    #expect(lines.last?.hasPrefix("entity\t") == true)
    let data = Data(kinds.kinds(.json).utf8)
    let json = try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
    #expect((json["kinds"] as? [[String: Any]])?.contains { $0["kind"] as? String == "thing" } == true)
    let fields = Data(try #require(kinds.fields(of: "system", .json)).utf8)
    #expect(try JSONSerialization.jsonObject(with: fields) is [String: Any])
    #expect(kinds.kinds(.table, .init(width: 80)).split(separator: "\n").allSatisfy { $0.count <= 80 })
  }
}
