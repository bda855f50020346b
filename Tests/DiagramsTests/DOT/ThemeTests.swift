import CEL
import Catalogue
import Foundation
import Testing

@testable import Diagrams

@Suite struct ThemeTests {
  /// Every colour that stands in the module's sources.
  private static func literals() throws -> [Colour] {
    let sources = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent().appendingPathComponent("Sources/Diagrams")
    var values: Set<UInt32> = []
    for case let file as URL in try #require(
      FileManager.default.enumerator(at: sources, includingPropertiesForKeys: nil))
    where file.pathExtension == "swift" {
      for match in try String(contentsOf: file, encoding: .utf8).matches(of: /Colour\(0x([0-9A-Fa-f]{6})\)/) {
        values.insert(try #require(UInt32(match.1, radix: 16)))
      }
    }
    return values.sorted().map { Colour($0) }
  }

  @Test("two colours contrast in the dark as in the light, so that WCAG AA holds there too, for every colour there is")
  func contrast() throws {
    let colours = try Self.literals()
    #expect(colours.contains(.ink) && colours.contains(.paper) && colours.count >= 15)
    for one in colours {
      for other in colours {
        let light = Self.ratio(one, other)
        let dark = Self.ratio(Theme.dark.shown(one), Theme.dark.shown(other))
        for least in [3, 4.5] where light >= least {
          #expect(dark >= least, "\(one.hex) on \(other.hex): \(light) in the light, \(dark) in the dark")
        }
      }
    }
  }

  @Test("paper is dark, ink is light, and what differs stays different")
  func values() throws {
    #expect(Theme.dark.shown(.paper) == Colour(0x161616))
    #expect(Self.ratio(Theme.dark.shown(.ink), Colour(0x161616)) > 15)
    let colours = try Self.literals()
    #expect(Set(colours.map { Theme.dark.shown($0).value }).count == colours.count)
    #expect(Theme.light.shown(.alarm) == .alarm)
    #expect(Theme.$current.withValue(.dark) { Colour.paper.hex } == "#161616" && Colour.paper.hex == "#ffffff")
  }

  @Test("a dark picture has dark colours alone: in its boxes, lines, frames and legend", arguments: [false, true])
  func pictures(isLandscape: Bool) async throws {
    let estate = await ShopEstate.read()
    let drawing = try Theme.$current.withValue(.dark) {
      try isLandscape
        ? Landscape(estate).drawing : DependenciesDiagram(of: ShopEstate.row("till", estate), in: estate).drawing
    }
    let renderer = PictureRenderer(path: try BuiltRenderer.path())
    let picture = try await renderer.render(drawing, as: .svg, date: CivilDate("2026-12-01") ?? CivilDate(days: 0))
    #expect(picture.warnings == [])
    let svg = String(decoding: picture.bytes, as: UTF8.self)
    let dark = Set(try Self.literals().map { colour in Theme.$current.withValue(.dark) { colour.hex } })
    var seen: Set<String> = []
    for match in svg.matches(of: /(?:fill|stroke)="([^"]*)"/) {
      let colour = String(match.1)
      seen.insert(colour)
      #expect(colour == "none" || colour == "transparent" || dark.contains(colour), "\(colour)")
    }
    #expect(seen.count > 5)
    #expect(!svg.contains("<text") || svg.matches(of: /<text [^>]*>/).allSatisfy { $0.0.contains("fill=\"#") })
  }

  static func ratio(_ one: Colour, _ other: Colour) -> Double {
    func luminance(_ colour: Colour) -> Double {
      zip([16, 8, 0], [0.2126, 0.7152, 0.0722]).reduce(0) { sum, part in
        let channel = Double((colour.value >> UInt32(part.0)) & 0xFF) / 255
        return sum + part.1 * (channel <= 0.04045 ? channel / 12.92 : pow((channel + 0.055) / 1.055, 2.4))
      }
    }
    let (light, dark) = (max(luminance(one), luminance(other)), min(luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)
  }
}
