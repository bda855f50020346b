/// What the fills of a capability map tell.
public enum CapabilityHeat: String, CaseIterable, Sendable {
  /// How many live systems provide each.
  case systems
  /// What is provided once for everybody.
  case common
  /// What nobody provides.
  case gaps
  /// What is provided more than once.
  case duplicates
  /// What the field in role `maturity` says.
  case maturity

  /// As the scope says it.
  func title(_ noun: (one: String, many: String)) -> String {
    switch self {
    case .systems: "live \(noun.many) that provide each"
    case .common: "what is common"
    case .gaps: "what nobody provides"
    case .duplicates: "what is provided more than once"
    case .maturity: "how mature each is"
    }
  }
}

/// A fill of the map, and what its boxes say beside it.
struct CapabilityTone: Equatable, Sendable {
  /// What the legend says.
  var title: String
  var fill: Colour
  /// What the box says; nil where it says so in its other words.
  var word: String?
  /// Whether the word is one that must not be overlooked.
  var isAlarm = false
}

extension CapabilityModel {
  /// Each heat's fills in the order of the legend; a place in them for each capability, nil: none of its own.
  func tones(_ heat: CapabilityHeat) -> (tones: [CapabilityTone], places: [Int?]) {
    switch heat {
    case .systems: return systemTones
    case .common: return commonTones
    case .gaps: return gapTones
    case .duplicates: return duplicateTones
    case .maturity: return maturityTones
    }
  }

  /// What is made of others and provided by none is no gap, and has no number: its parts have.
  private func tellsOfParts(_ capability: Capability) -> Bool {
    !capability.children.isEmpty && capability.live.isEmpty
  }

  private var systemTones: (tones: [CapabilityTone], places: [Int?]) {
    let many = noun.many
    let tones = [
      CapabilityTone(title: "no live \(noun.one)", fill: .paper),
      CapabilityTone(title: "1 live \(noun.one)", fill: Colour.steps[1]),
      CapabilityTone(title: "2 live \(many)", fill: Colour.steps[2]),
      CapabilityTone(title: "3 or 4 live \(many)", fill: Colour.steps[3]),
      CapabilityTone(title: "5 live \(many) or more", fill: Colour.steps[4]),
    ]
    return (
      tones,
      capabilities.map { capability in
        if tellsOfParts(capability) { return nil }
        let count = capability.live.count
        return count < 3 ? count : count < 5 ? 3 : 4
      }
    )
  }

  private var commonTones: (tones: [CapabilityTone], places: [Int?]) {
    let tones = [
      CapabilityTone(
        title: "common, and provided more than once", fill: Colour.alerts[3], word: "▲ common, more than once",
        isAlarm: true),
      CapabilityTone(
        title: "common, and nobody provides it", fill: Colour.alerts[1], word: "✖ common, provided by nobody",
        isAlarm: true),
      CapabilityTone(title: "common, provided once", fill: Colour.steps[3], word: "common"),
      CapabilityTone(title: "not common", fill: .paper, word: "not common"),
      CapabilityTone(
        title: "not recorded if common", fill: .unrecordedFill, word: "not recorded if common"),
    ]
    return (
      tones,
      capabilities.map { capability in
        switch capability.isCommon {
        case nil: return 4
        case false?: return tellsOfParts(capability) ? nil : 3
        case true?:
          if tellsOfParts(capability) { return 2 }
          return capability.live.isEmpty ? 1 : capability.live.count == 1 ? 2 : 0
        }
      }
    )
  }

  private var gapTones: (tones: [CapabilityTone], places: [Int?]) {
    let tones = [
      CapabilityTone(title: "gap: nobody provides it", fill: Colour.alerts[3], word: "✖ gap", isAlarm: true),
      CapabilityTone(
        title: "gap until something planned is live", fill: Colour.alerts[1], word: "✖ gap until then", isAlarm: true),
      CapabilityTone(
        title: "provided by nothing but what is ending", fill: Colour.alerts[2], word: "▲ all of it is ending",
        isAlarm: true),
      CapabilityTone(
        title: "not recorded if what provides it is live", fill: .unrecordedFill, word: "not recorded if live"),
      CapabilityTone(title: "provided", fill: .paper),
    ]
    return (
      tones,
      capabilities.map { capability in
        if tellsOfParts(capability) { return nil }
        if !capability.live.isEmpty { return capability.live.allSatisfy(\.isEnding) ? 2 : 4 }
        return !capability.unrecorded.isEmpty ? 3 : capability.coming.isEmpty ? 0 : 1
      }
    )
  }

  private var duplicateTones: (tones: [CapabilityTone], places: [Int?]) {
    let tones = [
      CapabilityTone(
        title: "common, and provided more than once", fill: Colour.alerts[3], word: "▲ common, more than once",
        isAlarm: true),
      CapabilityTone(
        title: "provided more than once", fill: Colour.alerts[1], word: "▲ more than once", isAlarm: true),
      CapabilityTone(title: "provided once", fill: .paper),
      CapabilityTone(title: "no live \(noun.one)", fill: .otherFill),
    ]
    return (
      tones,
      capabilities.map { capability in
        if tellsOfParts(capability) { return nil }
        if capability.live.count < 2 { return capability.live.isEmpty ? 3 : 2 }
        return capability.isCommon == true ? 0 : 1
      }
    )
  }

  private var maturityTones: (tones: [CapabilityTone], places: [Int?]) {
    let found = LandscapeTones.tones(
      of: capabilities.map(\.maturity), length: maturityLength, isOrdered: maturityLength != nil)
    let tones = found.tones.map { CapabilityTone(title: $0.title, fill: $0.fill, word: $0.title) }
    return (
      tones,
      zip(capabilities, found.places).map { capability, place in
        tellsOfParts(capability) && capability.maturity.state != .known ? nil : place
      }
    )
  }
}
