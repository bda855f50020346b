internal import CEL
internal import Catalogue
internal import Discovery
internal import Governance

/// The words in which a report on reuse speaks of what is offered.
struct ReuseWords {
  let estate: Estate

  init(_ estate: Estate) { self.estate = estate }

  func count(_ number: Int, _ one: String, _ many: String) -> String { "\(number) \(number == 1 ? one : many)" }

  /// What the search did not find or leaves out, one sentence each.
  func notes(_ answer: ReuseAnswer) -> [String] {
    var result: [String] = []
    if answer.isEmptyQuestion {
      return [
        "the question has no word that says what is asked for: name a thing or an activity, such as \"card payments\""
      ]
    }
    if !answer.unmatched.isEmpty {
      let words = answer.unmatched.map { "\"\($0)\"" }.joined(separator: ", ")
      result.append("in no name, keyword or summary: \(words)")
    }
    if answer.hits.isEmpty {
      result.append("nothing matches; `triglyph query --kind \(capabilityKind)` lists what there is")
    }
    if answer.furtherCount > 0 {
      result.append("\(count(answer.furtherCount, "more matches", "more match")) less well; --limit shows more")
    }
    if answer.unreadCount > 0 {
      result.append("the last \(count(answer.unreadCount, "word", "words")) of the question were not looked at")
    }
    if !answer.missingRoles.isEmpty {
      result.append("no evidence for want of roles in the metamodel: \(answer.missingRoles.joined(separator: ", "))")
    }
    return result
  }

  private var capabilityKind: String {
    estate.metamodel.kinds(inRole: "capability").first?.name ?? "entity"
  }

  // MARK: Why it was found

  /// `"card" and "pay" (as payment; in system:x)`.
  func matched(_ hit: ReuseAnswer.Hit) -> String {
    hit.words.map { word in
      var notes: [String] = []
      if word.found != word.asked { notes.append("as \(word.found)") }
      if word.place != hit.capability { notes.append("by \(estate.entity(word.place).id)") }
      return word.asked + (notes.isEmpty ? "" : " (\(notes.joined(separator: ", ")))")
    }.joined(separator: ", ")
  }

  // MARK: Offers

  func fit(_ offer: Offer) -> String {
    switch offer.fit {
    case .yes: "fits"
    case .perhaps: "perhaps (?)"
    case .no: "does not fit"
    }
  }

  func objection(_ objection: Offer.Objection) -> String {
    switch objection {
    case .phase(let name, let since, let until):
      let word = "it is \(name) on \(estate.graph.date.text)"
      if let since { return word + ", in use from \(since.text)" }
      if let until { return word + (until > estate.graph.date ? ", until \(until.text)" : ", since \(until.text)") }
      return word
    case .notDesignated(let rows):
      return "for everybody there is " + rows.map { estate.entity($0).id }.joined(separator: ", ")
    case .planned(let initiative): return "it comes with initiative:\(initiative), which is approved"
    case .below(let field, let has, let needs): return "its \(field) is \(has), below \(needs)"
    case .contract(let ends): return "its last contract ends on \(ends.text)"
    case .unrecorded(let field): return "its \(field) is not recorded"
    }
  }

  func owners(_ rows: [Int32]?) -> String {
    guard let rows else { return "owner not recorded" }
    return rows.isEmpty ? "nobody" : rows.map(estate.name).joined(separator: ", ")
  }

  func value(_ value: Value?) -> String? {
    guard let value else { return nil }
    if case .enumeration = value { return ValueText.message(value, estate) }
    return "?"
  }

  func styles(_ offer: Offer) -> String {
    offer.styles.map { "\($0.style) \($0.count)" }.joined(separator: ", ")
  }

  func interface(_ item: Offer.Interface) -> String {
    let values = item.values.map { ValueText.exact($0.value, estate) }
    let phase = item.phase.map { [$0] } ?? []
    return ([estate.identity(item.row)] + phase + values + item.addresses).joined(separator: ", ")
  }

  func contracts(_ offer: Offer) -> String {
    offer.contracts.map { "\(estate.entity($0.row).id) until \($0.ends?.text ?? "?")" }.joined(separator: ", ")
  }

  /// `2 (blocker sec-a, major tech-b)`.
  func findings(_ offer: Offer) -> String {
    offer.findings.map { "\($0.severity.name) \($0.rule) \($0.shortName)" }.joined(separator: ", ")
  }
}
