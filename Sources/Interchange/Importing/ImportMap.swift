internal import Catalogue
internal import Diagnostics
internal import YAMLTree

/// Which column of a table becomes which field of a kind's documents, and how.
struct ImportMap {
  /// How the ids of documents come about.
  enum IDRule {
    /// They stand in a column.
    case column(Int)
    /// They are made of what stands in a column: lower case, hyphens for all else.
    case slug(Int)
    /// A part's: what its key leads to stands for it.
    case key
  }

  struct FieldRule {
    var field: Field
    var source: Source
    /// Whether references are names instead of ids.
    var isByName = false
    /// What stands for what; where there are any, nothing else is allowed.
    var values: [(text: String, value: DocumentValue)]?
    /// What an empty cell stands for; nil: nothing is recorded.
    var empty: DocumentValue?
    /// What divides the items of a list in a cell.
    var split: String?
    var date: DatePattern?
    /// Characters that are left out.
    var removed: [Unicode.Scalar] = []

    enum Source {
      case column(Int)
      case constant(String)
    }
  }

  var kind: Kind
  var id: IDRule
  var fields: [FieldRule]
}
