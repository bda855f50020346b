/// A reference to what an open initiative adds, by somebody else: in a view that holds both ends it leads there, in
/// others it dangles, or waits where the relation says that it may.
struct ConditionalReference: Sendable {
  var field: Int32
  var source: Int32
  var target: Int32
  /// How many of the targets that are there whatever is applied are written before it.
  var place = 0
  /// Whether another of the list's references leads nowhere in any view.
  var isOpenAnyway = false
  /// Whether the list is whole without it, where its target is not there.
  var isAwaited = false
}
