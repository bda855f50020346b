public import CEL

/// The names that expressions over a catalogue may use.
public enum ExpressionEnvironment {
  /// Where a graph keeps the initiative whose view it is.
  public static let initiativeGlobal = 2

  /// For a derived field: `self` in slot 0, and the dates; settings and literals of entities are for rules.
  static func ofEntity(_ kinds: KindSet, _ metamodel: Metamodel) -> Environment {
    var environment = Environment(host: metamodel)
    environment.variables["self"] = .slot(0, .entity(kinds))
    environment.firstFreeSlot = 1
    addDates(&environment)
    return environment
  }

  /// For rules and queries: dates, settings and literals checked against the estate's ids; no `self` yet.
  public static func of(_ estate: Estate) -> Environment {
    var environment = Environment(host: estate)
    addDates(&environment)
    var settings: [String: Environment.Variable] = [:]
    for (name, setting) in estate.metamodel.settings {
      if let value = estate.settings[name] { settings[name] = .constant(value, setting.scalar.type) }
    }
    environment.namespaces["settings"] = settings
    if let kind = estate.metamodel.kind(named: "initiative") {
      environment.variables["initiative"] = .global(initiativeGlobal, .entity(KindSet([kind.index])))
    }
    environment.hostFunctions = ViewFunctions.all(estate.metamodel)
    environment.records = [ViewFunctions.span]
    return environment
  }

  private static func addDates(_ environment: inout Environment) {
    environment.variables["today"] = .global(0, .date)
    environment.variables["horizon"] = .global(1, .date)
    environment.variables["date"] = .viewDate
    environment.variables["never"] = .constant(.date(.never), .date)
  }
}
