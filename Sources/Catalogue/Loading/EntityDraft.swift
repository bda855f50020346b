internal import CEL
internal import YAMLTree

/// A document or a part, before it has a row.
struct EntityDraft {
  var kind: Int
  var id: String
  var node: YAMLNode
  /// The place of the id, for messages.
  var idNode: YAMLNode
  /// What the node's keys stand for: places in the loader's `keyFields`.
  var keys: Range<Int>
  /// The draft of the owner of a part that stands inside it.
  var owner: Int?
  /// For a part that stands as a document of its own: the kinds that its owner can be of, and its owner's id.
  var ownerReference: (kinds: KindSet, id: String)?
  /// The place of the initiative that adds it among all, or -1.
  var initiative = -1
}
