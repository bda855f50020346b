/// What reading other formats can report, with a sentence for each id.
public enum InterchangeDiagnosticPages {
  public static let all: [(id: String, explanation: String)] = [
    (
      "bad-csv", "A table that is not CSV as RFC 4180 and UTF-8 have it, or a row of it with too many or too few cells."
    ),
    ("bad-map", "A map of `import csv` that does not fit the table, the kind or its fields."),
    ("not-imported", "A row or a cell of a table that no document can be made of; nothing is guessed."),
  ]
}
