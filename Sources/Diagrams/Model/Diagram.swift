/// What a picture shows, free of any notation: DOT, Mermaid and JSON are written from it.
///
/// Nodes, clusters and edges stand in a total order that the view defines, so that the same catalogue gives the same
/// text. What a line means differs between views: `meanings` says it, and the legend is made of what is really used.
public struct Diagram: Sendable {
  /// Which way most lines lead.
  enum Direction: String, Sendable { case across, down }

  /// The command's word: `context`.
  var view: String
  var title: String
  /// `YYYY-MM-DD`.
  var date: String
  /// What is shown, in one phrase.
  var scope: String
  /// What is folded, left out or not known: one sentence each.
  var notes: [String] = []
  var direction = Direction.across
  /// Whether a laid out picture leaves the words of lines to their tooltips.
  var isTerse = false
  var clusters: [Cluster] = []
  var nodes: [Node] = []
  var edges: [Edge] = []
  /// What a line of a style says, for each style that the view draws.
  var meanings: [Edge.Style: String] = [:]
  /// Statements that marks in boxes refer to by their numbers.
  var lists: [List] = []
  /// Signs that stand within the text of boxes, and what they say.
  var signs: [(sign: String, meaning: String)] = []
  /// The boxes of a row, of a strip that is read like lines of text; nil: boxes stand where their lines put them.
  var rowLength: Int?
  /// Positions of boxes in the order in which they stand, layer behind layer; nil: their lines say it.
  var layers: [[Int]]?

  /// A frame around nodes.
  struct Cluster: Sendable {
    var key: String
    var name: String
  }

  /// For those who hear the picture.
  var description: String { ([scope + "."] + notes).joined(separator: " ") }
}
