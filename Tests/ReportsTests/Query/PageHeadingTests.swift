import Diagnostics
import Testing

@testable import Reports

@Suite struct PageHeadingTests {
  @Test func `what has room stands in one line`() {
    let heading = PageHeading(style: .plain, width: 40)
    #expect(heading.text("Payments", ["capability:payments", ""]) == "Payments  capability:payments\n")
    #expect(
      PageHeading(style: .plain, width: nil).text("Payments", ["capability:payments", "common"], lead: "12. ")
        == "12. Payments  capability:payments  common\n")
  }

  @Test func `what has none goes on below the name`() {
    let heading = PageHeading(style: .plain, width: 40)
    #expect(
      heading.text("Payments", ["capability:payments", "(not common: part of Money, which is)"], lead: "1. ") == """
        1. Payments
           capability:payments
           (not common: part of Money, which is)

        """)
    #expect(
      heading.text("A name that is as long as names are in some estates", ["system:x", "fits"], lead: "+ ") == """
        + A name that is as long as names are in
          some estates
          system:x  fits

        """)
  }

  @Test func `only the name is emphasised, and nothing in it moves the cursor`() {
    let heading = PageHeading(style: .ansi, width: 30)
    let text = heading.text("A \u{1B}[31mred name of some length", ["system:x"])
    #expect(text.hasPrefix("\u{1B}[1mA "))
    #expect(text.hasSuffix("\u{1B}[0m\nsystem:x\n"))
    #expect(!text.contains("\u{1B}[31m"))
  }
}
