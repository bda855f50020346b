/// A sheet that a picture is scaled onto, upright or across, whichever shows it larger.
public enum Paper: String, CaseIterable, Sendable {
  case a3, a4
}
