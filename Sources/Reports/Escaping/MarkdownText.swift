internal import Diagnostics

/// Text for one line of Markdown, a table's cell among them, as GitHub and GitLab read it: no markup, no HTML, no link, and
/// nobody is mentioned.
func escapedForMarkdown(_ text: some StringProtocol) -> String {
  var result = ""
  let scalars = Array(escapedForTerminal(text).unicodeScalars)
  for (index, scalar) in scalars.enumerated() {
    switch scalar {
    case "&": result += "&amp;"
    case "<": result += "&lt;"
    case ">": result += "&gt;"
    // Mentions and references are looked for in the text that is shown, where no backslash is left: something without
    // width keeps the sign from the name.
    case "@", "#": result += "\\\(scalar)&#8203;"
    case "\\", "`", "*", "_", "[", "]", "|", "~", "$": result += "\\\(scalar)"
    case ":" where beginsAddress(scalars, index): result += "\\:"
    case "." where ends(scalars[..<index], with: "www"): result += "\\."
    // What makes a list or a heading of a line, at its beginning.
    case "-", "+", "=": result += index == 0 ? "\\\(scalar)" : "\(scalar)"
    case ".", ")":
      let isNumber = index > 0 && index < 10 && scalars[..<index].allSatisfy { ("0"..."9").contains($0) }
      result += isNumber ? "\\\(scalar)" : "\(scalar)"
    default: result.unicodeScalars.append(scalar)
    }
  }
  return result
}

/// Whether a colon makes an address of the word before it: `https://`, `mailto:`.
private func beginsAddress(_ scalars: [Unicode.Scalar], _ index: Int) -> Bool {
  if index + 1 < scalars.count, scalars[index + 1] == "/" { return true }
  return ends(scalars[..<index], with: "mailto") || ends(scalars[..<index], with: "xmpp")
}

private func ends(_ scalars: ArraySlice<Unicode.Scalar>, with word: String) -> Bool {
  scalars.suffix(word.unicodeScalars.count).elementsEqual(word.unicodeScalars) { a, b in
    a == b || a.properties.lowercaseMapping == String(b)
  }
}

/// A name in a code span; one that a code span cannot hold is written as text.
func codeForMarkdown(_ text: some StringProtocol) -> String {
  let isPlain = !text.isEmpty && text.unicodeScalars.allSatisfy(isPlainInCode)
  return isPlain ? "`\(text)`" : escapedForMarkdown(text)
}

private func isPlainInCode(_ scalar: Unicode.Scalar) -> Bool {
  switch scalar {
  case "a"..."z", "A"..."Z", "0"..."9", "-", "_", ".", "/", ":", ",", "=", "(", ")": true
  default: false
  }
}
