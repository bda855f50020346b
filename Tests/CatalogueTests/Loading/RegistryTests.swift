import Diagnostics
import Testing

@testable import Catalogue

@Suite struct RegistryTests {
  @Test func `Every diagnostic that the module makes is in the registry, which is sorted`() throws {
    let registered = LoadingDiagnostic.registry.map(\.id)
    #expect(registered == registered.sorted())
    #expect(Set(registered).count == registered.count)
    let findings = IntegrityFinding.Rule.allCases.map(\.rawValue)
    var made: Set<String> = []
    for file in try ShippedRepository.files(under: "Sources/Catalogue", suffix: ".swift") {
      let text = file.text(in: 0..<file.bytes.count)
      for match in text.matches(of: /(?:Diagnostic|ExpressionProblem|offend)\(\s*"([a-z-]+)"/) {
        made.insert(String(match.1))
      }
    }
    #expect(made.count > 8)
    #expect(made.subtracting(findings).sorted() == registered.filter { made.contains($0) })
    #expect(registered.filter { !made.contains($0) }.isEmpty)
  }
}
