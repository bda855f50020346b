internal import ArgumentParser
internal import Diagrams

/// On what ground and on what paper pictures are drawn.
struct PictureLook: ParsableArguments {
  @Option(help: "light, or dark for screens on dark ground (not Mermaid, which a forge colours).")
  var theme = Theme.light

  @Option(
    help: ArgumentHelp(
      "Scale SVG and PDF onto a sheet, a3 or a4, upright or across; none: as large as the drawing.",
      valueName: "a3|a4|none"
    ))
  var paper = "none"

  /// Nil: none.
  var sheet: Paper? { Paper(rawValue: paper) }

  func validate() throws {
    if sheet == nil, paper != "none" {
      let names = Paper.allCases.map(\.rawValue).joined(separator: ", ")
      throw ValidationError("--paper is \(names) or none, and not \(paper)")
    }
  }

  func validate(_ formats: [PictureFormat]) throws {
    if sheet != nil, !formats.contains(where: \.takesPaper) {
      throw ValidationError("--paper is for svg and pdf, of which none is written")
    }
  }
}
