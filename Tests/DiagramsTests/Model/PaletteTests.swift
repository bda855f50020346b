import Glibc
import Testing

@testable import Diagrams

@Suite struct PaletteTests {
  private let phases: [LandscapeModel.Phase] = [.known(0), .known(1), .known(2), .known(3), .unknown, .none]

  private var styles: [PhaseStyle] {
    phases.map { PhaseStyle($0, names: ["planned", "active", "phaseOut", "retired"], live: [1, 2]) }
  }

  @Test("every text passes WCAG AA on every fill, every line and outline 3 to 1")
  func contrast() {
    for fill in styles.map(\.fill) + [.paper, .groupFill, .headFill] {
      for text in [Colour.ink, .muted, .alarm] { #expect(ratio(text, fill) >= 4.5, "\(text.hex) on \(fill.hex)") }
      for line in [Colour.line, .alarm, .groupLine] { #expect(ratio(line, fill) >= 3, "\(line.hex) on \(fill.hex)") }
    }
    for style in styles { #expect(ratio(style.line, style.fill) >= 3) }
  }

  @Test(
    "every text and every outline of a box passes on the fills that tell values apart, and on no two lists is one fill")
  func fills() {
    let fills = Colour.steps + Colour.kinds + Colour.alerts + [.otherFill, .unrecordedFill]
    for fill in fills {
      for text in [Colour.ink, .muted, .alarm] { #expect(ratio(text, fill) >= 4.5, "\(text.hex) on \(fill.hex)") }
      for line in styles.map(\.line) + [.ink, .line] {
        #expect(ratio(line, fill) >= 3, "\(line.hex) on \(fill.hex)")
      }
    }
    #expect(Set(fills.map(\.value)).count == fills.count)
    for pair in zip(Colour.steps, Colour.steps.dropFirst()) { #expect(ratio(pair.0, pair.1) > 1.05) }
    for pair in zip(Colour.alerts, Colour.alerts.dropFirst()) { #expect(ratio(pair.0, pair.1) > 1.05) }
  }

  @Test("what an initiative does stands out likewise, and its three colours differ in more than hue")
  func changes() {
    for kind in Diagram.Change.Kind.allCases {
      for text in [Colour.ink, .muted] { #expect(ratio(text, kind.fill) >= 4.5, "\(text.hex) on \(kind.fill.hex)") }
      for fill in [Colour.paper, .groupFill, kind.fill] + styles.map(\.fill) {
        #expect(ratio(kind.colour, fill) >= 4.5, "\(kind.colour.hex) on \(fill.hex)")
      }
    }
    #expect(Set(Diagram.Change.Kind.allCases.map(\.sign)).count == 3)
  }

  @Test("no two phases of a life differ by colour alone: a word or the outline tells them, too")
  func words() {
    var seen: Set<String> = []
    for style in styles.dropLast() { #expect(seen.insert("\(style.stroke) \(style.word ?? "")").inserted) }
  }

  @Test("planned and ending are told apart by those who see no red, no green or no blue")
  func colourBlind() {
    // Linear RGB as dichromats see it; after Machado, Oliveira and Fernandes (2009), severity 1.
    let sights: [[[Double]]] = [
      [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]],
      [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.011820, 0.042940, 0.968881]],
      [[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.303900]],
    ]
    for sight in sights {
      func seen(_ colour: Colour) -> [Double] {
        sight.map { row in zip(row, channels(colour)).reduce(0) { $0 + $1.0 * $1.1 } }
      }
      let distance = zip(seen(styles[0].fill), seen(styles[2].fill)).reduce(0) { $0 + pow($1.0 - $1.1, 2) }
      #expect(distance.squareRoot() > 0.1)
    }
  }

  private func channels(_ colour: Colour) -> [Double] {
    [16, 8, 0].map { shift in
      let channel = Double((colour.value >> UInt32(shift)) & 0xFF) / 255
      return channel <= 0.04045 ? channel / 12.92 : pow((channel + 0.055) / 1.055, 2.4)
    }
  }

  /// WCAG 2.2's contrast ratio.
  private func ratio(_ one: Colour, _ other: Colour) -> Double {
    func luminance(_ colour: Colour) -> Double {
      zip(channels(colour), [0.2126, 0.7152, 0.0722]).reduce(0) { $0 + $1.0 * $1.1 }
    }
    let (light, dark) = (max(luminance(one), luminance(other)), min(luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)
  }
}
