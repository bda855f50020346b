/// What is wrong with a literal argument of a function, which nothing that is evaluated could put right.
struct LiteralProblem: Sendable {
  var id: String
  /// The argument's place, the receiver's being 0.
  var argument: Int
  /// One sentence without a full stop.
  var message: String
  var notes: [String]

  init(_ id: String, argument: Int, _ message: String, notes: [String]) {
    self.id = id
    self.argument = argument
    self.message = message
    self.notes = notes
  }
}
