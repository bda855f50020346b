/// The roles by which discovery finds kinds, fields and relations, by their names in a metamodel.
public enum ReuseRole: String, CaseIterable, Sendable {
  // Kinds.
  case capability, dataset, thesaurus
  // Fields.
  case classification, common, ends, exposure, keywords, style, synonyms
  // Relations.
  case covers, dependsOn, designated, interface, needs, offeredBy, owner, partOf, provides, target
}
