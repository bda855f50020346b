public import Catalogue

/// What can be asked of an estate: its kinds, or the fields of one of them.
public struct KindReport: Sendable {
  private let estate: Estate

  public init(_ estate: Estate) { self.estate = estate }

  /// Every kind and union, by name.
  public func kinds(_ format: SheetFormat, _ options: AnswerReport.Options = .init()) -> String {
    var sheet = Sheet(["kind", "entities", "what it is"])
    sheet.columns[1].isNumber = true
    let listings = KindListing.all(estate)
    if format == .json {
      return json { writer in
        writer.objects("kinds", of: listings) { listing, writer in
          writer.field("kind", listing.name)
          writer.field("title", listing.title)
          writer.field("count", listing.count)
          writer.field("why", listing.why)
          writer.field("members", listing.members)
        }
      }
    }
    for listing in listings {
      var about = [listing.title, listing.why].compactMap(\.self)
      if !listing.members.isEmpty { about.append("any of " + listing.members.joined(separator: ", ")) }
      sheet.rows.append(
        Sheet.Row(cells: [
          .init(text: listing.name), .init(text: String(listing.count), isNumber: true),
          .init(text: about.joined(separator: ": ")),
        ]))
    }
    return text(sheet, format, options)
  }

  /// The fields of a kind or a union in the order of declaration; nil where there is no such kind.
  public func fields(
    of name: String, _ format: SheetFormat, _ options: AnswerReport.Options = .init()
  ) -> String? {
    guard let listings = FieldListing.all(of: name, estate.metamodel) else { return nil }
    if format == .json {
      return json { writer in
        writer.field("kind", name)
        writer.objects("fields", of: listings) { listing, writer in
          writer.field("field", listing.name)
          writer.field("type", listing.type)
          writer.field("from", listing.origin)
          writer.field("absent", listing.absence)
          writer.field("values", listing.values)
          writer.field("isOrdered", listing.isOrdered)
          writer.field("is", listing.formula)
          writer.field("title", listing.title)
          writer.field("why", listing.why)
        }
      }
    }
    var sheet = Sheet(["field", "type", "from", "if absent", "what it is"])
    for listing in listings {
      var about = [listing.title, listing.why, listing.formula].compactMap(\.self)
      if !listing.values.isEmpty {
        about.insert(listing.values.joined(separator: listing.isOrdered ? " < " : " | "), at: 0)
      }
      sheet.append([
        listing.name, listing.type, listing.origin, listing.absence, about.joined(separator: ". "),
      ])
    }
    return text(sheet, format, options)
  }

  private func text(_ sheet: Sheet, _ format: SheetFormat, _ options: AnswerReport.Options) -> String {
    switch format {
    case .csv: DelimitedText.csv(sheet, hasHeadings: options.hasHeadings)
    case .tsv: DelimitedText.tsv(sheet, hasHeadings: options.hasHeadings)
    case .table, .json:
      TableLayout(style: options.style, width: options.width, hasHeadings: options.hasHeadings).text(sheet)
    }
  }

  private func json(_ body: (inout JSONWriter) -> Void) -> String {
    var writer = JSONWriter()
    writer.object { writer in
      writer.field("format", AnswerJSON.format)
      writer.field("tool", "triglyph")
      writer.field("asOf", estate.asOf.text)
      body(&writer)
    }
    return writer.text
  }
}
