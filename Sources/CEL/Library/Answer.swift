/// Yes, no, or what would have to be recorded to know.
enum Answer {
  case yes
  case no
  case unknown(Unknown)

  var isNo: Bool { if case .no = self { true } else { false } }

  var value: Value {
    switch self {
    case .yes: .bool(true)
    case .no: .bool(false)
    case .unknown(let reasons): .unknown(reasons)
    }
  }

  func and(_ other: Answer) -> Answer {
    switch (self, other) {
    case (.no, _), (_, .no): .no
    case (.yes, _): other
    case (_, .yes): self
    case (.unknown(let a), .unknown(let b)): .unknown(a.merged(with: b))
    }
  }
}
