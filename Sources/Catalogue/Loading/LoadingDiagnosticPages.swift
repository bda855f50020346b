/// What loading can report, with a sentence for each id.
public enum LoadingDiagnosticPages {
  public static let all: [(id: String, explanation: String)] = LoadingDiagnostic.registry
}
