import Foundation
import Testing

@testable import Packs

/// The pack that travels is this repository's own metamodel, standards and rules.
@Suite struct PackSourceTests {
  static var root: URL {
    var folder = URL(fileURLWithPath: #filePath).resolvingSymlinksInPath()
    while folder.path != "/", !FileManager.default.fileExists(atPath: folder.appendingPathComponent("Sources").path) {
      folder.deleteLastPathComponent()
    }
    return folder
  }

  @Test func `the files of public-sector are those of this repository, byte for byte`() throws {
    var expected: [String] = []
    for folder in ["catalogue/metamodel", "standards", "rules"] {
      let names = try FileManager.default.subpathsOfDirectory(atPath: Self.root.appendingPathComponent(folder).path)
      expected += names.filter { $0.hasSuffix(".yaml") }.map { "\(folder)/\($0)" }
    }
    let pack = try #require(PackRegistry.shipped.pack("public-sector/1"))
    #expect(pack.files.map(\.path) == expected.sorted(), "Scripts/embed-packs.sh makes them again")
    for file in pack.files {
      let bytes = try Data(contentsOf: Self.root.appendingPathComponent(file.path))
      #expect(file.bytes == [UInt8](bytes), "\(file.path): Scripts/embed-packs.sh makes it again")
    }
  }

  @Test func `each of its files is named after the pack, and is no file of the repository`() throws {
    let pack = try #require(PackRegistry.shipped.pack("public-sector/1"))
    let source = try #require(pack.sources.first { $0.name.hasSuffix("data-one-master.yaml") })
    #expect(source.name == "pack:public-sector/1/rules/data/data-one-master.yaml")
    #expect(source.pack == "public-sector/1")
    #expect(!source.isAtRevision)
  }
}
