/// How every page of HTML looks. Every colour has a contrast of 4.5 to 1 or more with what it stands on (WCAG 2.2, 1.4.3), in
/// the light, in the dark and on paper.
enum HTMLStyle {
  private static let light = """
    --ink: #1b1f24; --paper: #ffffff; --quiet: #545c66; --line: #c4cad1; --head: #eef1f4;
      --good: #17602f; --bad: #a3171f; --doubt: #7a4a00; --waiting: #1f4f8f;
    """
  private static let dark = """
    --ink: #e8eaed; --paper: #16191d; --quiet: #a9b1ba; --line: #48505a; --head: #22272d;
        --good: #7fd69b; --bad: #ff9b9b; --doubt: #f0bd6a; --waiting: #9cc4ff;
    """
  private static let ofPaper = """
    --ink: #000000; --paper: #ffffff; --quiet: #444444; --line: #999999; --head: #eeeeee;
        --good: #17602f; --bad: #a3171f; --doubt: #7a4a00; --waiting: #1f4f8f;
    """

  /// What all pages share.
  static let page = """
    :root { \(light) }
    @media (prefers-color-scheme: dark) {
      :root { \(dark) }
    }
    * { box-sizing: border-box; }
    body { margin: 0 auto; max-width: 72rem; padding: 1.5rem; color: var(--ink); background: var(--paper);
      font: 1rem/1.5 system-ui, "Segoe UI", "Helvetica Neue", Arial, sans-serif; overflow-wrap: anywhere; }
    h1 { font-size: 1.6rem; line-height: 1.25; margin: 0; }
    h2 { font-size: 1.2rem; margin: 2rem 0 .5rem; padding-top: .5rem; border-top: 2px solid var(--line); }
    .declared, footer { color: var(--quiet); }
    footer { margin-top: 2rem; border-top: 1px solid var(--line); font-size: .875rem; }
    .table { overflow-x: auto; }
    table { border-collapse: collapse; min-width: 60%; max-width: 100%; margin: .75rem 0; font-size: .9375rem; }
    th, td { text-align: left; vertical-align: top; padding: .3rem .6rem; border-bottom: 1px solid var(--line);
      overflow-wrap: break-word; }
    thead th { background: var(--head); vertical-align: bottom; }
    tbody th { font-weight: 600; }
    .number { text-align: right; font-variant-numeric: tabular-nums; }
    .good { color: var(--good); } .bad { color: var(--bad); font-weight: 600; }
    .doubt { color: var(--doubt); } .waiting { color: var(--waiting); }
    code { font: .875em ui-monospace, "DejaVu Sans Mono", Consolas, monospace; }
    ul { padding-left: 1.25rem; } li { margin: .3rem 0; } li ul { color: var(--quiet); font-size: .9375rem; }
    @page { size: A4; margin: 15mm; }
    @media print {
      :root { \(ofPaper) }
      html { font-size: 10pt; } body { max-width: none; padding: 0; }
      table { font-size: .85rem; } .table { overflow: visible; } th, td { padding: .15rem .35rem; }
      thead { display: table-header-group; } tr, li { break-inside: avoid; } h2, thead { break-after: avoid; }
    }
    """

  /// For a page whose reader may choose between light and dark; paper is neither.
  static let choice = """
    :root[data-theme=light] { color-scheme: light; \(light) }
    :root[data-theme=dark] { color-scheme: dark; \(dark) }
    @media print { :root[data-theme] { color-scheme: light; \(ofPaper) } }
    """
}
