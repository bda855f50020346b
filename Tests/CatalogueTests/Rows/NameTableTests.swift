import Testing

@testable import Catalogue

@Suite struct NameTableTests {
  @Test func `Every name is found under its own number, and no other`() {
    var table = NameTable()
    for number in 0..<5000 { table.insert("name-\(number)", Int32(number)) }
    for number in 0..<5000 { #expect(table.find("name-\(number)") == Int32(number)) }
    #expect(table.find("name-5000") == nil)
    #expect(table.find("") == nil)
    #expect(table.count == 5000)
  }

  @Test func `A name keeps its first number`() {
    var table = NameTable([("a", Int32(1))])
    let isNew = table.insert("a", 2)
    #expect(!isNew)
    #expect(table.find("a") == 1)
  }

  @Test func `Names are bytes: what Unicode calls equal differs`() {
    let table = NameTable([("\u{E9}", 1), ("e\u{301}", 2), ("", 3)])
    #expect(table.find("\u{E9}") == 1)
    #expect(table.find("e\u{301}") == 2)
    #expect(table.find("") == 3)
  }

  @Test(arguments: ["parking-permits", "parking-permts", "parkign-permits", "Parking_permits"])
  func `The name that was meant is among few candidates`(_ wanted: String) {
    let table = NameTable((0..<3000).map { ("system-\($0)", Int32($0)) } + [("parking-permits", 3000)])
    let found = table.candidates(for: wanted)
    #expect(found.contains("parking-permits"))
    #expect(found.count <= 100)
  }
}
