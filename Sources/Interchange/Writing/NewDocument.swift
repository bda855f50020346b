internal import CEL
package import Catalogue
package import Diagnostics
package import Governance

/// A new document that was tried out: the repository was loaded with it, and says what is wrong with it.
package enum NewDocument {
  /// Errors that come of it. Sorted for printing.
  package static func problems(
    _ source: SourceText, _ repository: CheckedMerge.Repository, tasks: Int
  ) async -> [Diagnostic] {
    let after = await RepositoryReader.read(
      repository.files + [source], asOf: repository.estate.asOf, settings: repository.settings, tasks: tasks,
      derives: false)
    var known: [String: Int] = [:]
    for diagnostic in repository.diagnostics { known["\(diagnostic.id) \(diagnostic.summary)", default: 0] += 1 }
    var problems: [Diagnostic] = []
    for diagnostic in after.diagnostics + RuleBook(after.estate).diagnostics where diagnostic.severity == .error {
      let key = "\(diagnostic.id) \(diagnostic.summary)"
      if let count = known[key], count > 0 { known[key] = count - 1 } else { problems.append(diagnostic) }
    }
    let dangling = after.estate.integrity.filter {
      $0.rule == .danglingReference && $0.diagnostic.range?.source.name == source.name
    }
    return (problems + dangling.map(\.diagnostic)).sortedForPrinting()
  }

  /// Where a new document of a kind goes: a file of its own, in the folder where most documents of the kind are.
  ///
  /// Of a rule those count whose id begins with the same word, where there are any.
  package static func path(for kind: Kind, _ id: String, _ estate: Estate) -> String {
    let name = "\(String(id.map { $0 == "/" ? "-" : $0 })).yaml"
    let rows = estate.rows(ofKind: kind.name)
    let word = id.prefix { $0 != "-" }
    let alike = kind.name == "rule" ? rows.filter { estate.entity($0).id.hasPrefix("\(word)-") } : []
    var counts: [String: Int] = [:]
    for row in alike.isEmpty ? Array(rows) : alike {
      guard let file = estate.entity(row).node?.source.name, let slash = file.lastIndex(of: "/"),
        RepositoryLayout.folders.contains(where: { file.hasPrefix("\($0)/") })
      else { continue }
      counts[String(file[..<slash]), default: 0] += 1
    }
    let most = counts.min { ($1.value, $0.key) < ($0.value, $1.key) }?.key
    return "\(most ?? folder(of: kind))/\(name)"
  }

  private static func folder(of kind: Kind) -> String {
    switch kind.name {
    case "rule", "functions": return "rules"
    case "standard", "clause": return "standards"
    case "metamodel": return "catalogue/metamodel"
    case "decision", "condition", "evidence", "waiver", "settings": return "catalogue/governance"
    default: break
    }
    let isWord = kind.plural.utf8.allSatisfy { byte in
      switch byte {
      case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x2D, 0x5F: true
      default: false
      }
    }
    return "catalogue/\(isWord ? kind.plural : kind.name)"
  }
}
