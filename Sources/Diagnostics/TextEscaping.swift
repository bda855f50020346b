/// Text for a terminal: control characters, bidirectional controls and invisible characters are made visible, so that no
/// name can move the cursor, colour the screen, forge a line or reorder what is read.
///
/// `\n`, `\r` and `\t` are written so, others as `\u{…}`; a backslash is left as it is. Line feeds stay where `keepingLineBreaks` says.
public func escapedForTerminal(_ text: some StringProtocol, keepingLineBreaks: Bool = false) -> String {
  if !text.unicodeScalars.contains(where: isUnsafeForTerminal) { return String(text) }
  var result = ""
  for scalar in text.unicodeScalars {
    if keepingLineBreaks, scalar == "\n" {
      result.unicodeScalars.append(scalar)
    } else if isUnsafeForTerminal(scalar) {
      result += escapeSequence(for: scalar)
    } else {
      result.unicodeScalars.append(scalar)
    }
  }
  return result
}

func escapeSequence(for scalar: Unicode.Scalar) -> String {
  switch scalar {
  case "\n": "\\n"
  case "\r": "\\r"
  case "\t": "\\t"
  default: "\\u{\(String(scalar.value, radix: 16))}"
  }
}

/// C0 and C1 controls, bidirectional controls, separators that break lines, and characters without a picture. The joiners U+200C and
/// U+200D pass: scripts and emoji need them.
func isUnsafeForTerminal(_ scalar: Unicode.Scalar) -> Bool {
  switch scalar.value {
  case 0x20...0x7E: false
  case 0...0x1F, 0x7F...0x9F, 0xAD, 0x061C, 0x180E, 0x200B, 0x200E...0x200F, 0x2028...0x202E, 0x2060...0x206F, 0xFEFF,
    0xFFF0...0xFFFB, 0xFFFE...0xFFFF, 0xE0000...0xE007F:
    true
  default: false
  }
}
