internal import CEL

/// What the graphs of a view know beside their cells; computed fields and the functions of rules find it in the graph.
final class ViewContext: Sendable {
  /// Lifecycles that are otherwise than the catalogue's own documents say.
  let lifecycles: ChangedRows<LifecycleTable.Record>
  /// The same as they are written, without what follows from others'.
  let written: ChangedRows<LifecycleTable.Record>
  /// The view lives as long as anybody evaluates in it.
  unowned let view: View

  init(_ view: View, _ patches: Patches) {
    self.view = view
    lifecycles = ChangedRows(patches.lifecycles)
    written = ChangedRows(patches.written)
  }
}

extension Graph {
  /// The graph's view; nil for a graph that was made for something else.
  var viewContext: ViewContext? { context.map { unsafeDowncast($0, to: ViewContext.self) } }
}

extension Frame {
  /// A row's lifecycle, where the view has another than the catalogue's own documents.
  func changedLifecycle(of row: Int32) -> LifecycleTable.Record? {
    graph.viewContext?.lifecycles[row]
  }

  /// What the view has written of a row's lifecycle instead.
  func writtenLifecycle(of row: Int32) -> LifecycleTable.Record? {
    graph.viewContext?.written[row]
  }
}
