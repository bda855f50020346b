/// All that a landscape says about itself.
struct LandscapeWords: Equatable, Sendable {
  let title: String
  /// Date, scope and counts.
  let scope: String
  /// What is folded, marked or left out: one sentence each.
  let notes: [String]

  /// For those who hear the picture.
  var description: String { ([scope + "."] + notes).joined(separator: " ") }

  init(_ model: LandscapeModel, _ sheet: LandscapeSheet, title: String) {
    self.title = title
    let groups = Self.count(model.groups.count, "group", "groups")
    let condition = model.condition.map { " where \($0)" } ?? ""
    let colouring = model.colouring.map { "coloured by \($0.name) | " } ?? ""
    scope =
      "\(model.when) | \(Self.count(model.systems.count, model.noun.one, model.noun.many))\(condition) in \(groups) by "
      + "\(model.groupingName) | \(Self.count(model.integrationCount, model.linkNoun.one, model.linkNoun.many)) | "
      + colouring + "as declared in the catalogue"
    var notes: [String] = []
    let boxes = sheet.isFolded ? ("group", "groups") : model.noun
    if sheet.isFolded {
      let hidden = model.groups.reduce(0) { $0 + Self.unnamed($1.systems.count, sheet) }
      notes.append(
        "More \(model.noun.many) than fit as boxes: each group is one, and lines are sums over its \(model.noun.many)"
          + (hidden > 0 ? "; \(hidden) \(model.noun.many) are counted and not named." : "."))
      let inner = sheet.inner.reduce(0, +)
      if inner > 0 {
        notes.append(
          "\(Self.count(inner, "hop stays", "hops stay")) within a group and \(inner == 1 ? "is" : "are") not drawn.")
      }
    }
    if !sheet.hubs.isEmpty {
      notes.append(
        "\(sheet.markedLinks) of \(sheet.markedLinks + sheet.links.count) links lead to the \(boxes.1) that most are joined to: "
          + "letters in the boxes tell them instead of lines.")
    }
    if sheet.isStraight { notes.append("Lines are straight and pass behind boxes, because there are so many.") }
    let isolated = sheet.isolated.count { $0 }
    if isolated > 0 {
      notes.append("\(Self.count(isolated, boxes.0, boxes.1)) without \(model.linkNoun.many) to another.")
    }
    if model.severalCount > 0 {
      let several = Self.count(model.severalCount, model.noun.one, model.noun.many)
      notes.append(
        "\(several) \(model.severalCount == 1 ? "has" : "have") several under “\(model.groupingName)”: those with the same ones are one group, which names them all."
      )
    }
    notes += model.colouring?.notes ?? []
    notes += Self.changes(model)
    let doubtful = model.systems.count { $0.isDoubtful }
    if doubtful > 0 {
      let undecided = Self.count(doubtful, "\(model.noun.one) is", "\(model.noun.many) are")
      notes.append(
        "\(undecided) drawn though facts that nobody recorded leave open whether the condition is met: the boxes say so."
      )
    }
    let omissions = model.omissions
    if omissions.unchosenSystems > 0 {
      let systems = Self.count(omissions.unchosenSystems, "\(model.noun.one) that does", "\(model.noun.many) that do")
      let links = Self.count(omissions.unchosenIntegrations, model.linkNoun.one, model.linkNoun.many)
      notes.append("Not shown: \(systems) not meet the condition, and \(links) to or through them.")
    }
    if omissions.retiredSystems > 0 || omissions.retiredIntegrations > 0 {
      var parts: [String] = []
      if omissions.retiredSystems > 0 {
        parts.append(Self.count(omissions.retiredSystems, "retired \(model.noun.one)", "retired \(model.noun.many)"))
      }
      if omissions.retiredIntegrations > 0 {
        let (one, many) = ("\(model.linkNoun.one) that is over", "\(model.linkNoun.many) that are over")
        parts.append(Self.count(omissions.retiredIntegrations, one, many))
      }
      notes.append("Not shown: \(parts.joined(separator: " and ")).")
    }
    if omissions.openIntegrations > 0 {
      notes.append(
        "Not shown: \(Self.count(omissions.openIntegrations, model.linkNoun.one, model.linkNoun.many)) with an end that nobody "
          + "recorded or that could not be read.")
    }
    self.notes = notes
  }

  /// What the initiative does in whose view it is drawn, of what stands on the sheet and of lines.
  private static func changes(_ model: LandscapeModel) -> [String] {
    guard let links = model.changedIntegrations else { return [] }
    let counts = model.changeCounts.map { "\($0.kind.sign) \($0.count) \($0.kind.rawValue)" }
    var notes = [
      counts.isEmpty
        ? "The initiative adds, changes and retires none of the \(model.noun.many) that are drawn."
        : "Of the \(model.noun.many) that are drawn, by the initiative: \(counts.joined(separator: ", "))."
    ]
    if model.overCount > 0 {
      notes.append("What joined a \(model.noun.one) that is over by then is not drawn.")
    }
    if links > 0 {
      let count = count(links, model.linkNoun.one, model.linkNoun.many)
      notes.append(
        "\(count) that it adds, changes or retires \(links == 1 ? "bears" : "bear") no mark here: `draw initiative` shows what becomes of each."
      )
    }
    return notes
  }

  /// How many systems of a group are in its last row, "and 37 more".
  static func unnamed(_ systems: Int, _ sheet: LandscapeSheet) -> Int {
    // One more is named, not counted.
    systems <= sheet.rowsShown + 1 ? 0 : systems - sheet.rowsShown
  }

  static func count(_ number: Int, _ one: String, _ many: String) -> String { "\(number) \(number == 1 ? one : many)" }
}
