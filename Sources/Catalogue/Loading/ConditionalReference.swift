/// A reference to what an open initiative adds, by somebody else: in a view that holds both ends it leads there, in
/// others it dangles.
struct ConditionalReference: Sendable {
  var field: Int32
  var source: Int32
  var target: Int32
  /// Whether the source has the reference by a change, not by its own document.
  var isChange = false
}
