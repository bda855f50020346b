internal import Diagnostics
internal import Governance

/// The lane of an initiative, in words.
extension Triage {
  /// `full-board, as its facts ask: its spend, a waiver`; unescaped.
  var words: String {
    if let failure { return "it cannot be worked out: \(failure)" }
    var text: String
    let asked = lanes[asked]
    switch claimed {
    case nil: text = "nobody recorded which one is claimed; its facts ask for \(asked.id)"
    case self.asked?: text = "\(asked.id), as its facts ask"
    case let claimed? where claimed < self.asked:
      text = "\(lanes[claimed].id) is claimed, but its facts ask for \(asked.id)"
    case let claimed?: text = "\(lanes[claimed].id) is claimed; its facts would be content with \(asked.id)"
    }
    if asked.facts.isEmpty {
      if possible == self.asked { text += " (nothing asks for more)" }
    } else {
      text += ": " + asked.facts.joined(separator: ", ")
    }
    guard possible > self.asked else { return text }
    let perhaps = lanes[possible]
    text += "; perhaps \(perhaps.id)"
    if !perhaps.possible.isEmpty { text += ": " + perhaps.possible.joined(separator: ", ") }
    if !perhaps.missing.isEmpty {
      let told = perhaps.missing.prefix(3).map(\.name).joined(separator: ", ")
      let more = perhaps.missing.count > 3 ? " and \(perhaps.missing.count - 3) more" : ""
      text += " (not recorded: \(told)\(more))"
    }
    return text
  }

  func write(_ writer: inout JSONWriter) {
    writer.object { writer in
      writer.field("claimed", claimed.map { lanes[$0].id })
      writer.field("asked", lanes[asked].id)
      writer.field("perhaps", lanes[possible].id)
      writer.field("failure", failure)
      writer.objects("lanes", of: lanes) { lane, writer in
        writer.field("id", lane.id)
        writer.field("title", lane.title)
        writer.field("decidedBy", lane.deciders)
        writer.field("facts", lane.facts)
        writer.field("possible", lane.possible)
        writer.field("notRecorded", lane.missing.map(\.name))
      }
    }
  }
}
