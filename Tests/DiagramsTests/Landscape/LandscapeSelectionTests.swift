import Catalogue
import Governance
import Testing

@testable import Diagrams

/// A landscape of what meets a condition, and one coloured by what a check found.
@Suite struct LandscapeSelectionTests {
  private func row(_ id: String, _ estate: Estate) throws -> Int32 {
    guard case .found(let row) = estate.find("box:\(id)") else { throw Missing() }
    return row
  }

  private struct Missing: Error {}

  @Test("what does not meet the condition is left out and counted, what may meet it is drawn and says so")
  func selection() async throws {
    let estate = await ToneEstate.read()
    var options = Landscape.Options()
    options.selection = Landscape.Selection(
      condition: "size > 3 || back > x", rows: [try row("a", estate), try row("c", estate)],
      undecided: [try row("c", estate)])
    let drawing = try Landscape(estate, options).drawing
    #expect(drawing.description.contains("2 boxes where size > 3 || back > x in 1 group by keeper | 1 wire"))
    #expect(drawing.description.contains("Not shown: 1 box that does not meet the condition, and 1 wire to or through"))
    #expect(drawing.description.contains("1 box is drawn though facts that nobody recorded leave open"))
    #expect(drawing.dot.contains("undecided if chosen"))
    #expect(!drawing.dot.contains("Beta"))
    let diagram = try #require(drawing.diagram)
    #expect(diagram.nodes.map(\.facts) == [[], ["coming", "undecided if chosen"]])
    #expect(diagram.notes.count { $0.contains("condition") } == 2)
  }

  @Test("nothing that meets the condition is a sentence")
  func nothing() async throws {
    let estate = await ToneEstate.read()
    var options = Landscape.Options()
    options.selection = Landscape.Selection(condition: "false", rows: [], undecided: [])
    let failure = #expect(throws: LandscapeFailure.self) { try Landscape(estate, options) }
    #expect(failure?.sentence == "none of the boxes on 2026-12-01 meets false")
  }

  @Test("a box has the fill of its heaviest open failure and counts all, its parts' too; the rest is counted beside")
  func findings() async throws {
    let estate = await ToneEstate.read()
    var findings = OpenFindings(estate: [])
    findings.add("box:a", severity: .major)
    findings.add("wire:a/b", severity: .blocker)
    findings.add("box:b", severity: nil)
    findings.add("team:tax", severity: .minor)
    findings.add("", severity: .advisory)
    let model = try LandscapeReader.read(estate, LandscapeFieldTests.coloured(.findings(findings)))
    #expect(model.systems.map(\.toneWords) == ["1 blocker, 1 major", "1 undecided", "no open findings"])
    #expect(
      model.colouring?.tones.map(\.title) == [
        "blocker the heaviest open failure", "undecided alone", "no open findings",
      ])
    #expect(model.colouring?.tones.map(\.count) == [1, 1, 1])
    #expect(model.systems.map(\.tone) == [0, 1, 2])
    #expect(
      model.colouring?.notes == [
        "Not shown: open findings about something else than these boxes and their parts: 1 minor, 1 advisory."
      ])
  }
}
