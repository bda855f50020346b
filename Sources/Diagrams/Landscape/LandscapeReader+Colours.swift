internal import CEL
internal import Catalogue
internal import Governance

extension LandscapeReader {
  /// Gives each system its tone and the words for it.
  mutating func colour(_ colouring: Landscape.Colouring, _ kinds: [Kind]) throws(LandscapeFailure) {
    switch colouring {
    case .phase: return
    case .findings(let findings): colour(by: findings)
    case .role(let role):
      let readers = readers(inRole: role, kinds)
      guard !readers.isEmpty else { throw .missingRole(role) }
      colour(by: readers, kinds)
    case .field(let name):
      let readers = readers(named: name, kinds)
      guard !readers.isEmpty else { throw .unknownField(name, for: .coloured, known: tellingFields(kinds)) }
      colour(by: readers, kinds)
    }
  }

  private mutating func colour(by readers: [Int: FieldWordsReader], _ kinds: [Kind]) {
    let name = kinds.lazy.compactMap { readers[$0.index]?.title }.first ?? ""
    var values: [FieldWords] = []
    for row in drawnRows {
      values.append(
        readers[estate.entity(row).kind]?.words(of: row, &frame)
          ?? FieldWords(state: .none, key: "none", text: "\(FieldWordsReader.capitalised(name)): none"))
    }
    let types = Set(readers.values.compactMap { Self.enumeration($0.declaration.type) })
    let only = types.count == 1 ? types.first : nil
    let (tones, places) = LandscapeTones.tones(
      of: values, length: only?.values.count, isOrdered: only?.isOrdered ?? false)
    for (index, value) in values.enumerated() {
      model.systems[index].tone = places[index]
      model.systems[index].toneWords = value.text
    }
    model.colouring = LandscapeModel.Colouring(name: name, tones: tones)
  }

  private static func enumeration(_ type: ValueType) -> EnumType? {
    switch type {
    case .enumeration(let type): type
    case .optional(let inner): enumeration(inner)
    default: nil
    }
  }

  /// What is about a system or a part of it, by the heaviest.
  private mutating func colour(by findings: OpenFindings) {
    let (placed, elsewhere) = findings.tallies(in: estate) { row in
      let place = places[Int(row)]
      return place >= 0 ? Int(place) : nil
    }
    let ranks = Severity.allCases.count
    var tones = Severity.allCases.reversed().map {
      LandscapeTone(title: "\($0.name) the heaviest open failure", fill: Colour.alerts[$0.rawValue])
    }
    tones.append(LandscapeTone(title: "undecided alone", fill: .unrecordedFill))
    tones.append(LandscapeTone(title: "no open findings", fill: .paper))
    for index in model.systems.indices {
      let tally = placed[index, default: OpenFindings.Tally()]
      let tone = tally.heaviest.map { ranks - 1 - $0.rawValue } ?? (tally.undecided > 0 ? ranks : ranks + 1)
      tones[tone].count += 1
      model.systems[index].tone = tone
      model.systems[index].toneWords = tally.words
    }
    // Only what is there stands in the legend.
    var renumbered: [Int: Int] = [:]
    for (old, tone) in tones.enumerated() where tone.count > 0 { renumbered[old] = renumbered.count }
    for index in model.systems.indices {
      model.systems[index].tone = model.systems[index].tone.flatMap { renumbered[$0] }
    }
    var colouring = LandscapeModel.Colouring(name: "open findings", tones: tones.filter { $0.count > 0 })
    if elsewhere.heaviest != nil || elsewhere.undecided > 0 {
      colouring.notes.append(
        "Not shown: open findings about something else than these \(model.noun.many) and their parts: \(elsewhere.words)."
      )
    }
    model.colouring = colouring
  }

  /// The rows of the systems, in their order.
  private var drawnRows: [Int32] {
    var result = [Int32](repeating: 0, count: model.systems.count)
    for (row, place) in places.enumerated() where place >= 0 { result[Int(place)] = Int32(row) }
    return result
  }
}
