internal import CEL
internal import Catalogue
internal import Diagnostics
public import Discovery
internal import Governance

/// What an initiative could take instead of making, and the block of its document that says what it thought of it.
public struct InitiativeReuseReport: Sendable {
  let reuse: InitiativeReuse
  let inputErrorCount: Int
  private var estate: Estate { reuse.estate }
  private let words: ReuseWords

  public init(_ reuse: InitiativeReuse, inputErrorCount: Int = 0) {
    self.reuse = reuse
    self.inputErrorCount = inputErrorCount
    words = ReuseWords(reuse.estate)
  }

  /// 0, or 2 where mistakes in the input may hide something.
  public var exitStatus: Int32 { inputErrorCount == 0 ? 0 : 2 }

  public func text(_ format: SheetFormat, _ options: ReuseReport.Options = .init()) -> String {
    switch format {
    case .table: page(options)
    case .json: json
    case .csv: DelimitedText.csv(sheet(isForPeople: false), hasHeadings: options.hasHeadings)
    case .tsv: DelimitedText.tsv(sheet(isForPeople: false), hasHeadings: options.hasHeadings)
    }
  }

  /// `initiative:x needs 3 capabilities, …; 2 candidates are not answered`.
  public var summary: String {
    let candidates = Set(reuse.needs.flatMap { $0.candidates.map(\.offer.row) }).count
    let open = reuse.unanswered.count
    let gaps = reuse.considered.count { !$0.isFilledIn }
    let needs = reuse.needs.count { $0.addedBy.isEmpty }
    let adds = reuse.needs.count - needs
    return
      "\(estate.identity(reuse.initiative)) needs \(words.count(needs, "capability", "capabilities"))"
      + (adds > 0 ? " and adds \(adds)" : "")
      + ": there \(candidates == 1 ? "is 1 candidate" : "are \(candidates) candidates"), \(open == 0 ? "all answered" : "\(open) not answered")"
      + (gaps > 0 ? "; \(words.count(gaps, "answer is", "answers are")) not filled in" : "")
  }

  // MARK: For people

  private func page(_ options: ReuseReport.Options) -> String {
    let place = reuse.isOpen ? "in its view" : "it is not open and has no view of its own: the estate"
    var parts = [escapedForTerminal("\(summary); \(place) on \(estate.graph.date.text)") + "\n"]
    if options.isQuiet { return parts[0] }
    let table = TableLayout(style: options.style, width: options.width, hasHeadings: options.hasHeadings)
    parts.append(table.text(sheet(isForPeople: true)))
    parts.append(similar)
    if !reuse.unanswered.isEmpty || !reuse.considered.isEmpty { parts.append(block) }
    return parts.filter { !$0.isEmpty }.joined(separator: "\n")
  }

  /// The block as it belongs into the initiative's document: what it says already, then what is still to be said. What
  /// nobody has filled in is admitted to be unknown, which no rule takes for a reason.
  public var block: String {
    var lines = ["reuseConsidered:"]
    for entry in reuse.considered {
      lines += [
        "  - candidate: \(Self.scalar(entry.candidate))",
        "    verdict: \(Self.scalar(entry.verdict))\(entry.isFilledIn ? "" : "    # adopt, adapt or reject")",
        "    reason: \(Self.scalar(entry.reason))\(entry.isFilledIn ? "" : "    # why, in a sentence")",
      ]
    }
    for (offer, capabilities) in reuse.unanswered {
      let names = capabilities.map(estate.name).joined(separator: ", ")
      lines += [
        "  - candidate: \(estate.identity(offer.row))    # for \(Self.comment(names))",
        "    verdict: unknown    # adopt, adapt or reject", "    reason: unknown    # why, in a sentence",
      ]
    }
    return lines.map { escapedForTerminal($0) }.joined(separator: "\n") + "\n"
  }

  /// A plain scalar where nothing in it can be taken for syntax, else one in quotes as JSON has them.
  private static func scalar(_ text: String) -> String {
    let isPlain =
      text.wholeMatch(of: /[A-Za-z](?:[A-Za-z0-9 ,.;()\/'-]|:(?! ))*/) != nil && !text.hasSuffix(" ")
      && !text.hasSuffix(":")
    if isPlain { return text }
    var writer = JSONWriter()
    writer.quoted(text)
    return writer.text.trimmed
  }

  private static func comment(_ text: String) -> String {
    text.split(whereSeparator: \.isNewline).joined(separator: " ")
  }

  private var similar: String {
    var result = ""
    for (added, hits) in reuse.similar {
      for hit in hits {
        let best = hit.offers.filter { $0.fit != .no }.prefix(2).map { estate.entity($0.row).id }
        result +=
          "\(estate.entity(added).id) reads like \(estate.name(hit.capability)) (\(hit.words.map(\.asked).joined(separator: ", "))): \(best.joined(separator: ", "))\n"
      }
    }
    return escapedForTerminal(result, keepingLineBreaks: true)
  }

  // MARK: Rows

  private func sheet(isForPeople: Bool) -> Sheet {
    var sheet = Sheet([
      ReuseRole.capability.rawValue, "because", "candidate", "fit", "but", "users", "findings", "verdict",
    ])
    sheet.columns[5].isNumber = true
    sheet.columns[6].isNumber = true
    func name(_ row: Int32) -> String { isForPeople ? estate.entity(row).id : estate.identity(row) }
    for need in reuse.needs {
      let reason = need.addedBy.isEmpty ? "needed" : "added by " + need.addedBy.map(name).joined(separator: ", ")
      if need.candidates.isEmpty {
        sheet.append([name(need.capability), reason, isForPeople ? "nobody provides it" : "", "", "", "", "", ""])
      }
      for candidate in need.candidates {
        let offer = candidate.offer
        sheet.append([
          name(need.capability), reason, name(offer.row), "\(offer.fit)",
          offer.objections.map(words.objection).joined(separator: "; "), String(offer.users.count),
          String(offer.findings.count), candidate.considered?.verdict ?? (isForPeople ? "not answered" : ""),
        ])
      }
    }
    return sheet
  }

  private var json: String {
    var writer = JSONWriter()
    writer.object { writer in
      writer.field("format", "triglyph-reuse-initiative-1")
      writer.field("tool", "triglyph")
      writer.field("asOf", estate.asOf.text)
      writer.field("date", estate.graph.date.text)
      writer.field("initiative", estate.identity(reuse.initiative))
      writer.field("isOpen", reuse.isOpen)
      writer.objects("needs", of: reuse.needs) { need, writer in
        write(need, &writer)
      }
      writer.objects("similar", of: reuse.similar) { item, writer in
        writer.field("added", estate.identity(item.added))
        writer.field("hits", item.hits.map { estate.identity($0.capability) })
      }
      writer.field("block", block)
    }
    return writer.text
  }

  private func write(_ need: InitiativeReuse.Need, _ writer: inout JSONWriter) {
    writer.field(ReuseRole.capability.rawValue, estate.identity(need.capability))
    writer.field("addedBy", need.addedBy.map(estate.identity))
    writer.objects("candidates", of: need.candidates) { candidate, writer in
      ReuseJSON.offer(candidate.offer, words, &writer)
      writer.field("verdict", candidate.considered?.verdict)
      writer.field("reason", candidate.considered?.reason)
    }
  }
}
