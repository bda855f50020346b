/// Graphviz's ways of placing nodes, by Graphviz's own names.
enum LayoutEngine: String, CaseIterable {
  case dot, neato, fdp, sfdp, twopi, circo, osage
}
