internal import Glibc
internal import Synchronization

/// On what ground pictures are drawn. All that becomes a colour in DOT or Mermaid is taken through the theme in force, so
/// a colour that a view adds has its dark counterpart without being listed anywhere.
public enum Theme: String, CaseIterable, Sendable {
  case light, dark

  /// The theme in which drawings are made within the task: views know nothing of it.
  @TaskLocal public static var current = Theme.light

  func shown(_ colour: Colour) -> Colour {
    switch self {
    case .light: colour
    case .dark: DarkColours.counterpart(of: colour)
    }
  }
}

/// The dark theme: each colour has a counterpart of its hue whose luminance, as WCAG reckons it, is inverted.
///
/// Contrast is a ratio of luminances (each and 0.05), and inverting both turns the ratio over: two colours contrast in the
/// dark as they do in the light, so that what passes WCAG AA there passes here. Only colours darker than ink would leave
/// the range; they become white.
enum DarkColours {
  /// Luminance and 0.05 of a colour, times that of its counterpart: white paper becomes #161616, which tires eyes less
  /// than black.
  private static let product = 1.05 * 0.058

  /// Reckoned once for each colour.
  private static let known = Mutex<[UInt32: UInt32]>([:])

  static func counterpart(of colour: Colour) -> Colour {
    Colour(
      known.withLock { known in
        if let value = known[colour.value] { return value }
        let value = reckon(colour.value)
        known[colour.value] = value
        return value
      })
  }

  private static func reckon(_ value: UInt32) -> UInt32 {
    let light = [16, 8, 0].map { linear((value >> UInt32($0)) & 0xFF) }
    let luminance = reckonLuminance(light)
    let wanted = min(1, max(0, product / (luminance + 0.05) - 0.05))
    // The hue as distance from the grey of the same luminance; of a pale colour little is left in the dark, so there is
    // more of it, up to what the range holds.
    let strength = luminance > 0.5 ? 0.35 : 2.5
    var hue = light.map { ($0 - luminance) * strength }
    for channel in hue {
      let limit = channel > 0 ? (1 - wanted) / channel : channel < 0 ? wanted / -channel : .infinity
      if limit < 1 { hue = hue.map { $0 * max(0, limit) } }
    }
    return hue.reduce(0) { $0 << 8 | encoded(wanted + $1) }
  }

  /// Of linear channels; WCAG 2.2, "relative luminance".
  private static func reckonLuminance(_ channels: [Double]) -> Double {
    zip(channels, [0.2126, 0.7152, 0.0722]).reduce(0) { $0 + $1.0 * $1.1 }
  }

  private static func linear(_ byte: UInt32) -> Double {
    let channel = Double(byte) / 255
    return channel <= 0.04045 ? channel / 12.92 : pow((channel + 0.055) / 1.055, 2.4)
  }

  private static func encoded(_ channel: Double) -> UInt32 {
    let channel = min(1, max(0, channel))
    let value = channel <= 0.0031308 ? channel * 12.92 : 1.055 * pow(channel, 1 / 2.4) - 0.055
    return UInt32((value * 255).rounded())
  }
}
