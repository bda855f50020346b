import Testing

@testable import Catalogue

@Suite struct UnifiedDiffTests {
  private func diff(_ before: String?, _ after: String) -> String {
    UnifiedDiff.text("x", before: before.map { Array($0.utf8) }, after: Array(after.utf8))
  }

  @Test func `Three lines stand around a change, and near changes are one hunk`() {
    let lines = (1...30).map { "\($0)\n" }
    var changed = lines
    changed[4] = "five\n"
    changed[8] = "nine\n"
    changed.insert("new\n", at: 25)
    #expect(
      diff(lines.joined(), changed.joined()) == """
        --- a/x
        +++ b/x
        @@ -2,11 +2,11 @@
         2
         3
         4
        -5
        +five
         6
         7
         8
        -9
        +nine
         10
         11
         12
        @@ -23,6 +23,7 @@
         23
         24
         25
        +new
         26
         27
         28

        """)
  }

  @Test(arguments: [
    ("a\nb", "a\nc\n", "@@ -1,2 +1,2 @@\n a\n-b\n\\ No newline at end of file\n+c\n"),
    ("a", "", "@@ -1 +0,0 @@\n-a\n\\ No newline at end of file\n"),
    ("a\r\nb\r\n", "a\r\nb\r\nc\r\n", "@@ -1,2 +1,3 @@\n a\r\n b\r\n+c\r\n"),
  ])
  func `Ends of texts`(_ before: String, _ after: String, _ hunk: String) {
    #expect(diff(before, after) == "--- a/x\n+++ b/x\n" + hunk)
  }

  @Test func `A new file, and no change`() {
    #expect(diff(nil, "a\n") == "--- /dev/null\n+++ b/x\n@@ -0,0 +1 @@\n+a\n")
    #expect(diff("a\n", "a\n") == "")
  }
}
