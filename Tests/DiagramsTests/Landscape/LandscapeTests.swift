import CEL
import Catalogue
import Diagnostics
import Glibc
import Testing

@testable import Diagrams

@Suite struct LandscapeTests {
  @Test("a small estate's boxes, lines, phases and legend are those of the snapshot")
  func boxes() async throws {
    let landscape = try Landscape(await SmallEstate.read(), Landscape.Options(title: "Small"))
    expectSnapshot(landscape.dot, "boxes.dot")
  }

  @Test("beyond the limit each group is a box: the snapshot")
  func folded() async throws {
    let options = Landscape.Options(boxLimit: 3, title: "Small")
    expectSnapshot(try Landscape(await SmallEstate.read(), options).dot, "folded.dot")
  }

  @Test("it says what it leaves out and what nothing joins")
  func omissions() async throws {
    let description = try Landscape(await SmallEstate.read()).drawing.description
    #expect(description.contains("5 boxes in 3 groups by keeper"))
    #expect(description.contains("4 wires"))
    #expect(description.contains("Not shown: 1 retired box and 1 wire that is over."))
    #expect(description.contains("1 box without wires to another."))
    #expect(description.contains("as declared in the catalogue"))
  }

  @Test("an integration through a platform is drawn as its hops, and two ways of opening as one line")
  func hops() async throws {
    let model = try LandscapeReader.read(await SmallEstate.read(), Landscape.Options())
    // Bridge, ledger, next, record, stray, in the order of ids.
    #expect(model.systems.map(\.identity) == ["box:bridge", "box:ledger", "box:next", "box:record", "box:stray"])
    #expect(model.links.map(\.ends) == [[0, 1], [0, 3], [1, 3], [2, 3]])
    #expect(model.links.map(\.opened) == [[0, 1], [1, 0], [1, 1], [0, 1]])
    #expect(model.links.map(\.live) == [1, 1, 2, 0])
  }

  @Test("platforms are passed in the order in which they are written")
  func order() async throws {
    let estate = await SmallEstate.read([
      "kind: box\nid: a\nlifecycle: running", "kind: box\nid: b\nlifecycle: running",
      "kind: box\nid: c\nlifecycle: running",
      "kind: box\nid: d\nlifecycle: running\nwires:\n  - {end: b, across: [c, a]}",
    ])
    let model = try LandscapeReader.read(estate, Landscape.Options())
    #expect(model.links.map(\.ends) == [[0, 1], [0, 2], [2, 3]])
  }

  @Test("the order of documents changes no byte")
  func shuffled() async throws {
    let reference = try Landscape(await SmallEstate.read()).dot
    var documents = SmallEstate.documents
    for _ in 0..<6 {
      documents.append(documents.removeFirst())
      documents.swapAt(0, 3)
      let dot = try Landscape(await SmallEstate.read(documents)).dot
      #expect(dot == reference)
    }
  }

  @Test("one system more changes the lines about it and the counts, no others")
  func stable() async throws {
    let before = try Landscape(await SmallEstate.many(40, teams: 4)).dot
    var documents = (0..<4).map { "kind: team\nid: team-\($0)\nname: Team \($0)" }
    for index in 0..<40 {
      documents.append(
        "kind: box\nid: box-\(index)\nname: Box \(index)\nkeeper: team-\(index % 4)\nlifecycle: running\n"
          + "wires:\n  - {end: box-\((index + 1) % 40)}")
    }
    documents.append("kind: box\nid: box-99\nname: Box 99\nkeeper: team-3\nlifecycle: running")
    let after = try Landscape(await SmallEstate.read(documents)).dot
    let changes = after.split(separator: "\n").difference(from: before.split(separator: "\n"))
    #expect(changes.count <= 12)
  }

  @Test("above the limit groups are counted tables; expand draws every box")
  func aggregation() async throws {
    let estate = await SmallEstate.many(200, teams: 2)
    let folded = try Landscape(estate).dot
    #expect(folded.contains("and 76 more"))
    #expect(folded.contains("100 boxes"))
    // Every wire goes from one team to the other.
    #expect(folded.contains("<B>200</B>"))
    #expect(!folded.contains("Box 150"))
    let expanded = try Landscape(estate, Landscape.Options(expand: true)).dot
    #expect((0..<200).allSatisfy { expanded.contains(">Box \($0)<") })
  }

  @Test("a box that many are joined to gets a letter, and no link is lost")
  func hubs() async throws {
    var documents = ["kind: box\nid: hub\nname: Hub\nlifecycle: running"]
    for index in 10..<40 {
      documents.append("kind: box\nid: b\(index)\nlifecycle: running\nwires: [{end: hub}]")
    }
    let estate = await SmallEstate.read(documents)
    let model = try LandscapeReader.read(estate, Landscape.Options())
    let sheet = LandscapeSheet(model)
    #expect(sheet.hubs.count == 1)
    #expect(sheet.links.count + sheet.markedLinks == model.links.count)
    #expect(sheet.marks.count { !$0.isEmpty } == 30)
    let dot = try Landscape(estate).dot
    #expect(dot.contains("joined to 30"))
    #expect(dot.contains("→A"))
  }

  @Test("every group and the legend have a place, whatever the number", arguments: [1, 2, 7, 60, 151])
  func columns(teams: Int) async throws {
    let model = try LandscapeReader.read(await SmallEstate.many(max(teams, 3), teams: teams), Landscape.Options())
    for sheet in [LandscapeSheet(model), LandscapeSheet(folding: model)] {
      #expect(sheet.columns.flatMap { $0 } == Array(0...model.groups.count))
    }
  }

  @Test("it is grouped by any field of what is drawn, and an unknown one is an error that names those there are")
  func grouping() async throws {
    let estate = await SmallEstate.read()
    let model = try LandscapeReader.read(estate, Landscape.Options(grouping: .field("rank")))
    #expect(model.groups.map(\.name) == ["low", "high", "Rank: not recorded"])
    #expect(model.groups.map(\.systems.count) == [1, 1, 3])
    let failure = #expect(throws: LandscapeFailure.self) {
      try Landscape(estate, Landscape.Options(grouping: .field("rnk")))
    }
    #expect(failure?.sentence.contains("rank") == true)
  }

  @Test("a metamodel without the role says which one it lacks")
  func missingRole() async throws {
    let file = SourceText(
      name: "m.yaml", text: "kind: metamodel\nid: m\nname: M\nkinds:\n  box: {plural: boxes, role: component}")
    let estate = await RepositoryReader.read([file], asOf: CivilDate(days: 0)).estate
    let failure = #expect(throws: LandscapeFailure.self) { try Landscape(estate) }
    #expect(failure == .missingRole("integration"))
  }

  @Test("ink and small print pass WCAG AA on every fill, and no two phases differ by colour alone")
  func contrast() async throws {
    let model = try LandscapeReader.read(await SmallEstate.read(), Landscape.Options())
    let phases: [LandscapeModel.Phase] = [.known(0), .known(1), .known(2), .unknown, .none]
    for style in phases.map({ PhaseStyle($0, model) }) {
      for ink in [Colour.ink, .muted] { #expect(ratio(ink, style.fill) >= 4.5) }
      #expect(ratio(style.line, style.fill) >= 3)
    }
    for fill in [Colour.groupFill, .headFill, .paper] {
      #expect(ratio(.muted, fill) >= 4.5)
      #expect(ratio(.line, fill) >= 3)
    }
    let words = phases.dropLast().map { PhaseStyle($0, model).word }
    #expect(Set(words).count == words.count)
  }

  /// WCAG 2.2's contrast ratio.
  private func ratio(_ one: Colour, _ other: Colour) -> Double {
    func luminance(_ colour: Colour) -> Double {
      zip([16, 8, 0], [0.2126, 0.7152, 0.0722]).reduce(0) { sum, part in
        let channel = Double((colour.value >> UInt32(part.0)) & 0xFF) / 255
        return sum + part.1 * (channel <= 0.04045 ? channel / 12.92 : pow((channel + 0.055) / 1.055, 2.4))
      }
    }
    let (light, dark) = (max(luminance(one), luminance(other)), min(luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)
  }

  @Test("an estate with nothing in it is a title and a legend")
  func empty() async throws {
    let dot = try Landscape(await SmallEstate.read([])).dot
    #expect(dot.contains("0 boxes in 0 groups"))
  }
}
