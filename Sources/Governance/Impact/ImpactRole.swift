/// The roles by which an analysis of impact finds fields, by their names in a metamodel.
public enum ImpactRole: String, Sendable {
  case dependsOn, failsWith, criticality, owner, provides, target
}
