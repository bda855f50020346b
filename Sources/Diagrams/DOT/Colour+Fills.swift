/// Fills that tell values apart. All are light enough for ink, small print and alarm to pass WCAG AA on them, and the value
/// always stands beside its fill as a word.
extension Colour {
  /// Of values in an order, from the least to the greatest: one blue that deepens.
  static let steps = [
    Colour(0xF7FBFE), Colour(0xE0EEF9), Colour(0xC9E1F4), Colour(0xB1D4F0), Colour(0x9DC8EA),
  ]
  /// Of values without an order.
  static let kinds = [
    Colour(0xCFE3F5), Colour(0xFBE0B5), Colour(0xCDEBD9), Colour(0xF6D3DF), Colour(0xF8F1B0), Colour(0xDAD5F2),
    Colour(0xCDEEF2), Colour(0xE3DACB),
  ]
  /// Of what asks for attention, from the slightest to the heaviest.
  static let alerts = [Colour(0xFFF6DC), Colour(0xFDE6B0), Colour(0xFBCF8E), Colour(0xF8B6A4)]
  /// Of values beyond those that have a fill of their own.
  static let otherFill = Colour(0xF2EFEA)
  /// Of what nobody recorded.
  static let unrecordedFill = Colour(0xE6E6E6)
}
