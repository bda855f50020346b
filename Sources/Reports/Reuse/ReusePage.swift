internal import CEL
internal import Catalogue
internal import Diagnostics
internal import Discovery

/// What there is to reuse on a page: each capability with what provides it, and why.
struct ReusePage {
  private static let offerLimit = 2
  private static let findingLimit = 3
  private static let userLimit = 4
  private static let interfaceLimit = 3

  private let report: ReuseReport
  private let options: ReuseReport.Options
  private let answer: ReuseAnswer
  private let estate: Estate
  private let words: ReuseWords

  init(_ report: ReuseReport, _ options: ReuseReport.Options) {
    self.report = report
    self.options = options
    answer = report.answer
    estate = report.answer.estate
    words = ReuseWords(estate)
  }

  var text: String {
    if options.isQuiet { return summary }
    var told: [Int32: Int] = [:]
    let parts = answer.hits.enumerated().map { hit($1, number: $0 + 1, &told) }
    let notes = words.notes(answer).map { escapedForTerminal($0) + "\n" }.joined()
    return ([summary] + parts + [notes]).filter { !$0.isEmpty }.joined(separator: "\n")
  }

  private var heading: PageHeading { PageHeading(style: options.style, width: options.width) }

  /// `3 capabilities match, as of 2026-12-01; …`.
  private var summary: String {
    if answer.isEmptyQuestion { return "" }
    var parts = [words.count(answer.hits.count, "capability matches", "capabilities match")]
    let narrowing = answer.narrowing
    if let level = narrowing.classification { parts.append("for what is \(level)") }
    if let exposure = narrowing.exposure { parts.append("reached from \(exposure)") }
    parts.append("on \(estate.graph.date.text)")
    return escapedForTerminal(parts.joined(separator: ", ")) + "\n"
  }

  // MARK: A capability

  /// - Parameter told: of what was told already, under which number.
  private func hit(_ hit: ReuseAnswer.Hit, number: Int, _ told: inout [Int32: Int]) -> String {
    let row = hit.capability
    var about = hit.common == row ? "common" : "not common"
    if let common = hit.common, common != row { about += ": part of \(estate.name(common)), which is" }
    var result = heading.text(estate.name(row), [estate.identity(row), "(\(about))"], lead: "\(number). ")
    result += line("words", words.matched(hit))
    if hit.owners != [] { result += line("owner", words.owners(hit.owners)) }
    if hit.offers.isEmpty { return result + line("offers", "nobody provides it") }
    let shown = report.listsAll ? hit.offers[...] : hit.offers.prefix(Self.offerLimit)
    for offer in shown {
      result += self.offer(offer, hit, told[offer.row])
      told[offer.row] = told[offer.row] ?? number
    }
    let rest = hit.offers.dropFirst(shown.count)
    if !rest.isEmpty {
      let names = rest.map { estate.entity($0.row).id + ($0.fit == .no ? " (does not fit)" : "") }
      result += line("more", names.joined(separator: ", ") + "; --all tells of them")
    }
    return result
  }

  private func line(_ name: String, _ text: String, indent: Int = 3) -> String {
    if text.isEmpty { return "" }
    let head = String(repeating: " ", count: indent) + name + String(repeating: " ", count: max(1, 10 - name.count))
    let width = max(24, (options.width ?? 100) - head.count)
    let lines = TableLayout.wrapped(escapedForTerminal(text), width: width)
    return lines.enumerated().map {
      ($0 == 0 ? head : String(repeating: " ", count: head.count)) + $1 + "\n"
    }.joined()
  }

  // MARK: An offer

  private func offer(_ offer: Offer, _ hit: ReuseAnswer.Hit, _ number: Int?) -> String {
    var about = [words.fit(offer)]
    if offer.isDesignated { about.append("designated for everybody") }
    if offer.capability != hit.capability { about.append("for \(estate.name(offer.capability))") }
    if let number { about.append("told of under \(number)") }
    var result = heading.text(
      estate.name(offer.row), [estate.identity(offer.row), about.joined(separator: ", ")],
      lead: "   \(offer.fit == .no ? "-" : offer.fit == .yes ? "+" : "?") ")
    func add(_ name: String, _ text: String) { result += line(name, text, indent: 5) }
    add(offer.fit == .no ? "why not" : "but", offer.objections.map(words.objection).joined(separator: "; "))
    if number != nil { return result }
    var life = offer.phase ?? "phase not recorded"
    if let ends = offer.ends { life += ", ends \(ends.text)" }
    let levels = [(offer.classification, ReuseRole.classification), (offer.exposure, .exposure)].compactMap {
      value, role in words.value(value).map { $0 == "?" ? "\(role.rawValue) not recorded" : $0 }
    }
    let owned = offer.owners == nil ? words.owners(nil) : "owned by \(words.owners(offer.owners))"
    add("is", ([life] + levels + [owned]).joined(separator: "; "))
    add("users", users(offer))
    let interfaces = report.listsAll ? offer.interfaces[...] : offer.interfaces.prefix(Self.interfaceLimit)
    for (place, item) in interfaces.enumerated() { add(place == 0 ? "connect" : "", words.interface(item)) }
    let hidden = offer.interfaces.count - interfaces.count
    if hidden > 0 { add("", "and \(hidden) more") }
    if offer.interfaces.isEmpty { add("connect", "no interface is recorded") }
    if !offer.styles.isEmpty { add("joined by", words.styles(offer)) }
    add("covered", words.contracts(offer))
    add("findings", findings(offer))
    return result
  }

  private func users(_ offer: Offer) -> String {
    if offer.users.isEmpty { return "nobody yet" }
    let shown = report.listsAll ? offer.users[...] : offer.users.prefix(Self.userLimit)
    let more = offer.users.count - shown.count
    return "\(offer.users.count): " + shown.map { estate.entity($0).id }.joined(separator: ", ")
      + (more > 0 ? " and \(more) more" : "")
  }

  private func findings(_ offer: Offer) -> String {
    var offer = offer
    let count = offer.findings.count
    if count == 0 { return "none open" }
    if !report.listsAll { offer = offer.showing(Self.findingLimit) }
    let more = count - offer.findings.count
    return "\(count) open: " + words.findings(offer) + (more > 0 ? " and \(more) more" : "")
  }
}
