/// A finite double in decimal digits: the shortest that read back as the same number, or exactly all of them.
struct DecimalDigits {
  /// 0 to 9, without zeros at either end; empty for zero.
  private(set) var digits: [UInt8]
  /// The value is `0.digits × 10^exponent`.
  private(set) var exponent: Int
  let isNegative: Bool

  // MARK: Reading

  /// - Precondition: the number is finite.
  init(shortest number: Double) {
    digits = []
    exponent = 0
    isNegative = number.sign == .minus
    // `description` gives digits, perhaps a point, perhaps an exponent: take it apart and set it anew.
    var hasPoint = false
    var bytes = number.magnitude.description.utf8[...]
    while let byte = bytes.popFirst() {
      if byte == UInt8(ascii: "e") {
        exponent += Int(String(bytes) ?? "") ?? 0
        break
      } else if byte == UInt8(ascii: ".") {
        hasPoint = true
      } else {
        digits.append(byte - 0x30)
        if !hasPoint { exponent += 1 }
      }
    }
    trim()
  }

  /// A double is `m × 2^e`: a whole number, or with `e` negative `m × 5^-e` with so many digits behind the point. Never
  /// more than 767 digits.
  /// - Precondition: the number is finite.
  init(exact number: Double) {
    isNegative = number.sign == .minus
    let isSubnormal = number.exponentBitPattern == 0
    let significand = number.significandBitPattern | (isSubnormal ? 0 : 1 << 52)
    let power = Int(max(1, number.exponentBitPattern)) - 1075
    // Nine digits a limb, the lowest first.
    var limbs = [significand % 1_000_000_000, significand / 1_000_000_000]
    func multiply(by factor: UInt64) {
      var carry: UInt64 = 0
      for index in limbs.indices {
        let product = limbs[index] * factor + carry
        limbs[index] = product % 1_000_000_000
        carry = product / 1_000_000_000
      }
      while carry > 0 {
        limbs.append(carry % 1_000_000_000)
        carry /= 1_000_000_000
      }
    }
    // By 5^13 or 2^30 at a time: with a limb below 10^9 the product stays below 2^63.
    var rest = number == 0 ? 0 : Int(power.magnitude)
    let (step, large) = power < 0 ? (13, UInt64(1_220_703_125)) : (30, UInt64(1 << 30))
    while rest >= step {
      multiply(by: large)
      rest -= step
    }
    for _ in 0..<rest { multiply(by: power < 0 ? 5 : 2) }
    digits = []
    for limb in limbs.reversed() {
      var divisor: UInt64 = 100_000_000
      while divisor > 0 {
        digits.append(UInt8(limb / divisor % 10))
        divisor /= 10
      }
    }
    exponent = digits.count - (power < 0 ? Int(power.magnitude) : 0)
    trim()
  }

  private mutating func trim() {
    let zeros = digits.prefix { $0 == 0 }.count
    digits.removeFirst(zeros)
    exponent -= zeros
    while digits.last == 0 { digits.removeLast() }
    if digits.isEmpty { exponent = 0 }
  }

  // MARK: Rounding

  /// With no more than `count` digits; half goes to the even digit. A negative count leaves nothing.
  private func rounded(toDigits count: Int) -> DecimalDigits {
    guard count < digits.count else { return self }
    var result = self
    result.digits.removeLast(digits.count - max(0, count))
    guard count >= 0 else { return result.zero }
    let isOdd = count > 0 && digits[count - 1] % 2 == 1
    // Beyond a five something is left unless it is the last digit: there are no zeros at the end.
    guard digits[count] > 5 || digits[count] == 5 && (count + 1 < digits.count || isOdd) else {
      result.trim()
      return result
    }
    var place = count - 1
    while place >= 0, result.digits[place] == 9 {
      result.digits[place] = 0
      place -= 1
    }
    if place >= 0 {
      result.digits[place] += 1
    } else {
      result.digits.insert(1, at: 0)
      result.exponent += 1
    }
    result.trim()
    return result
  }

  private var zero: DecimalDigits {
    var result = self
    result.digits = []
    result.exponent = 0
    return result
  }

  // MARK: Writing

  /// All digits, without an exponent: `-120`, `0.05`.
  var fixed: String { written(places: max(0, digits.count - exponent)) }

  /// With so many digits behind the point, without an exponent.
  func fixed(precision: Int) -> String { rounded(toDigits: exponent + precision).written(places: precision) }

  /// One digit, so many behind the point, and an exponent with a sign and at least two digits.
  func scientific(precision: Int) -> String {
    let number = rounded(toDigits: precision + 1)
    var bytes: [UInt8] = number.isNegative ? [UInt8(ascii: "-")] : []
    number.append(0, to: &bytes)
    if precision > 0 { bytes.append(UInt8(ascii: ".")) }
    for place in 0..<precision { number.append(place + 1, to: &bytes) }
    let scale = number.digits.isEmpty ? 0 : number.exponent - 1
    bytes += Array((scale < 0 ? "e-" : "e+").utf8)
    if scale.magnitude < 10 { bytes.append(UInt8(ascii: "0")) }
    bytes += Array(String(scale.magnitude).utf8)
    return String(decoding: bytes, as: UTF8.self)
  }

  private func written(places: Int) -> String {
    var bytes: [UInt8] = isNegative ? [UInt8(ascii: "-")] : []
    if exponent <= 0 { bytes.append(UInt8(ascii: "0")) }
    for place in 0..<max(0, exponent) { append(place, to: &bytes) }
    if places > 0 { bytes.append(UInt8(ascii: ".")) }
    for place in 0..<places { append(exponent + place, to: &bytes) }
    return String(decoding: bytes, as: UTF8.self)
  }

  /// A digit by its place; a zero where there is none.
  private func append(_ place: Int, to bytes: inout [UInt8]) {
    bytes.append(UInt8(ascii: "0") + (digits.indices.contains(place) ? digits[place] : 0))
  }
}
