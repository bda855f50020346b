internal import Catalogue
internal import Discovery

/// What there is to reuse as rows: one for each offer, and one for a capability that nobody provides.
enum ReuseSheet {
  static func all(_ answer: ReuseAnswer) -> Sheet {
    let estate = answer.estate
    let words = ReuseWords(estate)
    var sheet = Sheet([
      "rank", ReuseRole.capability.rawValue, "common", "words", "offer", "name", "fit", "why not",
      ReuseRole.designated.rawValue, "phase", ReuseRole.ends.rawValue,
      ReuseRole.classification.rawValue, ReuseRole.exposure.rawValue, "owner", "users", "connect", "styles",
      "covered until", "open findings",
    ])
    for (place, hit) in answer.hits.enumerated() {
      let head = [
        String(place + 1), estate.identity(hit.capability), hit.common == hit.capability ? "yes" : "no",
        words.matched(hit),
      ]
      if hit.offers.isEmpty { sheet.append(head + Array(repeating: "", count: sheet.columns.count - head.count)) }
      for offer in hit.offers {
        sheet.append(
          head + [
            estate.identity(offer.row), estate.name(offer.row), "\(offer.fit)",
            offer.objections.map(words.objection).joined(separator: "; "), offer.isDesignated ? "yes" : "no",
            offer.phase ?? "?", offer.ends?.text ?? "", words.value(offer.classification) ?? "",
            words.value(offer.exposure) ?? "",
            offer.owners.map { $0.map(estate.identity).joined(separator: "; ") } ?? "?", String(offer.users.count),
            offer.interfaces.map { estate.identity($0.row) }.joined(separator: "; "), words.styles(offer),
            offer.contracts.first?.ends?.text ?? "", String(offer.findings.count),
          ])
      }
    }
    return sheet
  }
}
