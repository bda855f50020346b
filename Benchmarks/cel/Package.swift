// swift-tools-version: 6.2
import PackageDescription

let settings: [SwiftSetting] = [
  .swiftLanguageMode(.v6),
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("InternalImportsByDefault"),
]
let cel = Target.Dependency.product(name: "CEL", package: "triglyph")

let package = Package(
  name: "cel-benchmarks",
  dependencies: [.package(name: "triglyph", path: "../..")],
  targets: [
    .target(name: "CAllocations"),
    .target(name: "TypedNotation", dependencies: [cel], swiftSettings: settings),
    .executableTarget(
      name: "cel-bench", dependencies: ["CAllocations", "TypedNotation", cel], swiftSettings: settings),
    .executableTarget(name: "cel-lines", dependencies: ["TypedNotation", cel], swiftSettings: settings),
  ]
)
