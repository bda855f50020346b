internal import Catalogue

extension Estate {
  /// Whether documents write a field of an entity, or the engine derives it.
  func isWritten(_ path: String, _ row: Int32) -> Bool {
    guard let field = metamodel.field(path, of: entity(row).kind) else { return false }
    switch field.shape {
    case .inverse, .derived, .phase, .live: return false
    default: return field.isWritten
    }
  }
}
