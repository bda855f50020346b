internal import CEL
internal import Catalogue
internal import Discovery
internal import Governance

/// What there is to reuse for programs; described in docs/reuse.md.
enum ReuseJSON {
  static let format = "triglyph-reuse-1"

  static func text(_ report: ReuseReport) -> String {
    let answer = report.answer
    let estate = answer.estate
    let words = ReuseWords(estate)
    var writer = JSONWriter()
    writer.object { writer in
      writer.field("format", format)
      writer.field("tool", "triglyph")
      writer.field("asOf", estate.asOf.text)
      writer.field("date", estate.graph.date.text)
      writer.field("question", answer.question)
      writer.field("wordsInNoText", answer.unmatched)
      writer.field("further", answer.furtherCount)
      writer.field("notes", words.notes(answer))
      writer.objects("hits", of: answer.hits) { item, writer in
        hit(item, words, &writer)
      }
    }
    return writer.text
  }

  private static func hit(_ hit: ReuseAnswer.Hit, _ words: ReuseWords, _ writer: inout JSONWriter) {
    let estate = words.estate
    writer.field(ReuseRole.capability.rawValue, estate.identity(hit.capability))
    writer.field("name", estate.name(hit.capability))
    writer.field("isCommon", hit.common == hit.capability)
    writer.field("commonAbove", hit.common.map(estate.identity))
    writer.field("score", (hit.score * 1_000).rounded() / 1_000)
    writer.objects("words", of: hit.words) { word, writer in
      writer.field("asked", word.asked)
      writer.field("found", word.found)
      writer.field("in", estate.identity(word.place))
    }
    writer.objects("offers", of: hit.offers) { item, writer in
      offer(item, words, &writer)
    }
  }

  static func offer(_ offer: Offer, _ words: ReuseWords, _ writer: inout JSONWriter) {
    let estate = words.estate
    writer.field("entity", estate.identity(offer.row))
    writer.field("name", estate.name(offer.row))
    writer.field("fit", "\(offer.fit)")
    writer.field("objections", offer.objections.map(words.objection))
    writer.field("isDesignated", offer.isDesignated)
    writer.field("phase", offer.phase)
    writer.field(ReuseRole.ends.rawValue, offer.ends?.text)
    if let value = offer.classification {
      writer.field(ReuseRole.classification.rawValue, ValueText.exact(value, estate))
    }
    if let value = offer.exposure { writer.field(ReuseRole.exposure.rawValue, ValueText.exact(value, estate)) }
    if let owners = offer.owners { writer.field("owners", owners.map(estate.identity)) }
    writer.field("users", offer.users.map(estate.identity))
    writer.objects("connect", of: offer.interfaces) { item, writer in
      writer.field("entity", estate.identity(item.row))
      writer.field("phase", item.phase)
      writer.key("values")
      writer.object { writer in
        for (field, value) in item.values { writer.field(field, ValueText.exact(value, estate)) }
      }
      writer.field("addresses", item.addresses)
    }
    writer.key("styles")
    writer.object { writer in for (style, count) in offer.styles { writer.field(style, count) } }
    writer.objects("coveredBy", of: offer.contracts) { contract, writer in
      writer.field("entity", estate.identity(contract.row))
      writer.field(ReuseRole.ends.rawValue, contract.ends?.text)
    }
    writer.field("findings", offer.findings.map(\.shortName))
  }
}
