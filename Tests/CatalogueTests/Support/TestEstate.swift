import CEL
import Diagnostics
import Testing

@testable import Catalogue

/// A small vocabulary with one of everything; the catalogues of tests are written in it.
let testMetamodel = """
  kind: metamodel
  id: test
  name: Test
  settings: {horizon: {type: period, default: 24m}, limit: {type: integer}}
  enums:
    classification: {ordered: true, values: [public, official, secret]}
    style: {values: [api, event]}
  unions:
    component:
      of: [service, system]
      derived:
        dependsOn: {to: component, inverse: neededBy, role: dependsOn, is: "self.needs.filter(ways, ways.size() == 1).flatten()"}
        failsWith: {to: component, inverse: stops, recursive: true, is: "[self] + self.needs.map(ways, ways.map(w, w.failsWith).common()).flatten()"}
        recovery: {type: duration, recursive: true, is: 'self.dependsOn.map(x, x.rto + x.recovery).max(duration("0s"))'}
        exposed: {type: boolean, recursive: true, is: "self.open || self.dependsOn.exists(x, x.exposed)"}
        suppliers: {to: organisation, inverse: serves, is: "(self.supplier + self.helpers).distinct()"}
  kinds:
    system:
      plural: systems
      role: component
      lifecycle: true
      fields:
        classification: {type: classification, required: true, why: Decides the controls.}
        text: {type: text}
        count: {type: integer}
        ratio: {type: number}
        flag: {type: boolean}
        date: {type: date}
        rto: {type: duration, default: 1h}
        keep: {type: period}
        spend: {type: money}
        link: {type: url}
        open: {type: boolean, default: false}
        tags: {type: string, many: true}
        zones: {type: string, many: true, absent: unknown}
        dpia: {record: {status: {type: style, required: true}, date: {type: date}}}
        reviews: {many: true, record: {by: {type: string, required: true}, date: {type: date}}}
      relations:
        owner: {to: organisation, inverse: owns, role: owner}
        supplier: {to: organisation, absent: none, inverse: supplies}
        helpers: {to: organisation, many: true, inverse: helps}
        holds: {to: dataset, many: true, inverse: heldBy}
        needed: {to: system, many: true, inverse: usedBy}
        fallback: {to: system, absent: none}
        about: {to: [dataset, organisation], many: true, inverse: subjectOf}
      parts:
        integrations: {kind: integration, key: to, inverse: from}
      derived:
        needs: {type: list(list(component)), is: "self.needed.map(n, [n] + n.fallback)"}
    service:
      plural: services
      fields: {rto: {type: duration, default: 2h}, open: {type: boolean, default: false}}
      relations:
        supportedBy: {to: system, many: true, inverse: supports}
        supplier: {to: organisation, absent: none, inverse: supplies}
        helpers: {to: organisation, many: true, inverse: helps}
      derived:
        needs: {type: list(list(component)), is: "self.supportedBy.map(s, [s])"}
    organisation: {plural: organisations, role: organisation}
    dataset: {plural: datasets, role: dataset}
    integration:
      plural: integrations
      role: integration
      lifecycle: {follows: [from, to]}
      fields: {style: {type: style}}
      relations:
        to: {to: system, required: true, inverse: incoming, role: target}
        via: {to: system, many: true, inverse: passes, role: through}
        carries: {to: dataset, many: true, absent: unknown, role: carries}
        fetches: {to: dataset, many: true, role: fetches}
  """

/// What a literal catalogue loads to.
struct TestEstate {
  let estate: Estate
  let diagnostics: [Diagnostic]

  /// - Parameter files: by name; the vocabulary is added unless `metamodel` is nil.
  init(
    _ files: [String: String], metamodel: String? = testMetamodel, asOf: String = "2026-01-01", tasks: Int = 1
  ) async throws {
    var sources = files.map { SourceText(name: $0.key, text: $0.value) }
    if let metamodel { sources.append(SourceText(name: "metamodel.yaml", text: metamodel)) }
    let date = try #require(CivilDate(asOf))
    let result = await RepositoryReader.read(sources, asOf: date, tasks: tasks)
    estate = result.estate
    diagnostics = result.diagnostics
  }

  init(_ text: String, metamodel: String? = testMetamodel, asOf: String = "2026-01-01") async throws {
    try await self.init(["a.yaml": text], metamodel: metamodel, asOf: asOf)
  }

  /// `unknown-key a.yaml:3:1 summary`, one a line.
  var problems: [String] { diagnostics.map(Self.described) }
  var findings: [String] { estate.integrity.map { Self.described($0.diagnostic) } }

  private static func described(_ diagnostic: Diagnostic) -> String {
    "\(diagnostic.id) \(diagnostic.range?.described ?? "-") \(diagnostic.summary)"
  }

  func row(_ reference: String, sourceLocation: SourceLocation = #_sourceLocation) throws -> Int32 {
    guard case .found(let row) = estate.find(reference) else {
      Issue.record("there is no \(reference)", sourceLocation: sourceLocation)
      throw MissingEntity()
    }
    return row
  }

  struct MissingEntity: Error {}

  /// A value as text: `[a, b?]` for lists with a possible element, a final `…` for open ones.
  func read(_ reference: String, _ path: String, sourceLocation: SourceLocation = #_sourceLocation) throws -> String {
    shown(estate.value(path, of: try row(reference, sourceLocation: sourceLocation)))
  }

  func shown(_ value: Value) -> String {
    if let view = value.listView {
      var items = (0..<view.count).map { shown(view[$0]) + (view.reason(at: $0) == nil ? "" : "?") }
      if view.open != nil { items.append("…") }
      return "[\(items.joined(separator: ", "))]"
    }
    switch value {
    case .bool(let flag): return "\(flag)"
    case .int(let number): return "\(number)"
    case .double(let number): return "\(number)"
    case .string(let text): return "'\(text)'"
    case .duration(let nanoseconds): return "\(nanoseconds / 1_000_000_000)s"
    case .date(let date): return date.text
    case .period(let period): return period.text
    case .enumeration(let type, let ordinal): return estate.metamodel.enums[Int(type)].values[Int(ordinal)]
    case .entity(let row): return estate.entity(row).id
    case .record(let box): return "{\(box.fields.map(shown).joined(separator: ", "))}"
    case .unknown(let reason):
      return "unknown("
        + reason.facts.map { fact in
          guard let origin = estate.origin(of: fact) else { return "?" }
          return "\(estate.entity(origin.row).id).\(origin.path)"
        }.joined(separator: ", ") + ")"
    case .error(let error): return "error(\(error.message))"
    default: return "\(value)"
    }
  }
}
