internal import YAMLTree

/// A document or a part, before it has a row.
struct EntityDraft {
  var kind: Int
  var id: String
  var node: YAMLNode
  /// The place of the id, for messages.
  var idNode: YAMLNode
  /// The draft of the owner of a part that stands inside it.
  var owner: Int?
  /// For a part that stands as a document of its own: its owner's kind and id.
  var ownerReference: (kind: Int, id: String)?
}
