internal import CEL
internal import YAMLTree

/// An entry of an initiative that unlinks something.
struct Unlink {
  var targets: [Int32]
  var field: Field
  var row: Int32
  var node: YAMLNode
}

/// What decoding a value gives, where it is not to be put into a row's cells: the value of a change.
struct CapturedValue {
  /// One, or of a record one for each of its fields that is given.
  var values: [(field: Field, value: Value)] = []
  var targets: [Int32] = []
  /// Whether a target could not be resolved, so that there may be more.
  var isOpen = false
  var lifecycle: LifecyclePlan?
}
