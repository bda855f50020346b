/// The words that documents of `kind: metamodel` may use, for those who describe them.
package enum VocabularyWords {
  package static let scalarTypes = Scalar.names.map(\.0)

  /// The name of a type as a metamodel writes it.
  package static func word(for scalar: Scalar) -> String {
    if case .enumeration(let type) = scalar { return type.name }
    return Scalar.names.first { $0.1 == scalar }?.0 ?? "string"
  }

  package static let kindRoles = MetamodelBuilder.kindRoles
  package static let fieldRoles = MetamodelBuilder.fieldRoles
  package static let relationRoles = MetamodelBuilder.relationRoles
  package static let derivedRoles = MetamodelBuilder.derivedRoles
}
