import CEL
import Testing

/// Facts of named zones are old ones that no release of the tz database will change; rules and files are made here.
@Suite struct TimeZoneTests {
  @Test(
    "A zone's name gives the parts that clocks showed there",
    arguments: [
      ("'2000-07-01T12:00:00Z'", "getHours", "Europe/London", 13),
      ("'2000-01-01T12:00:00Z'", "getHours", "Europe/London", 12),
      // Great Britain kept summer time through the winters of 1968 to 1971.
      ("'1970-01-01T00:00:00Z'", "getHours", "Europe/London", 1),
      ("'2004-10-31T00:59:59Z'", "getHours", "Europe/London", 1),
      ("'2004-10-31T01:00:00Z'", "getHours", "Europe/London", 1),
      ("'2004-03-28T00:59:59Z'", "getHours", "Europe/London", 0),
      ("'2004-03-28T01:00:00Z'", "getHours", "Europe/London", 2),
      ("'1999-12-31T23:30:00Z'", "getFullYear", "Europe/Paris", 2_000),
      ("'1999-12-31T23:30:00Z'", "getDayOfYear", "Europe/Paris", 0),
      ("'2000-01-01T03:00:00Z'", "getMonth", "America/New_York", 11),
      ("'2000-01-01T03:00:00Z'", "getDayOfWeek", "America/New_York", 5),
      ("'1995-06-01T00:00:00Z'", "getMinutes", "Asia/Kolkata", 30),
      ("'1995-06-01T00:00:00Z'", "getMinutes", "Asia/Kathmandu", 45),
      ("'1995-01-01T12:00:00.250Z'", "getMilliseconds", "Australia/Lord_Howe", 250),
      ("'1995-01-01T12:00:00Z'", "getHours", "Australia/Lord_Howe", 23),
      ("'1995-07-01T12:00:00Z'", "getMinutes", "Australia/Lord_Howe", 30),
      // Samoa went without the 30th.
      ("'2011-12-30T09:59:59Z'", "getDate", "Pacific/Apia", 29),
      ("'2011-12-30T10:00:00Z'", "getDate", "Pacific/Apia", 31),
      ("'2000-01-01T12:00:00Z'", "getHours", "Etc/GMT+5", 7), ("'2000-01-01T12:00:07Z'", "getSeconds", "GMT", 7),
      ("'2000-01-01T12:00:00Z'", "getHours", "", 12), ("'2000-01-01T12:00:00Z'", "getHours", "-03:30", 8),
    ])
  func named(instant: String, part: String, zone: String, expected: Int) {
    let bench = Workbench()
    #expect(bench.value("timestamp(\(instant)).\(part)('\(zone)')") == "\(expected)")
    #expect(bench.value("timestamp(\(instant)).\(part)(string('\(zone)'))") == "\(expected)")
  }

  @Test(
    "What is no name of a zone is looked for nowhere",
    arguments: [
      "Europe/Nowhere", "../etc/passwd", "/etc/localtime", "Europe/../Europe/London", "Europe//London", "Europe/",
      "/Europe/London", "Europe", "./UTC", "Europe/London\\u0000", "Europe/Lon don", "zone.tab", "localtime",
      "posixrules", "europe/london", "+25:00", "+1:00", "\\u00c9ire",
    ])
  func noName(zone: String) {
    let bench = Workbench()
    #expect(bench.value("timestamp(0).getHours(string('\(zone)'))") == "error invalidArgument")
    #expect(bench.problems("timestamp(0).getHours('\(zone)')").first?.hasPrefix("unknown-time-zone") == true)
  }

  @Test func `A literal that is no zone, date, period, duration or timestamp is told when it is checked`() {
    let bench = Workbench()
    let zones = "`Europe/Jersey`, `UTC` and `+02:00` are time zones"
    #expect(
      bench.problems("timestamp(0).getHours('Atlantic/Reykjavikk')") == [
        "unknown-time-zone at \"'Atlantic/Reykjavikk'\": this machine's time zone database has no `Atlantic/Reykjavikk` (did you mean `Atlantic/Reykjavik`?; \(zones))"
      ])
    #expect(
      bench.problems("timestamp(0).getHours('paris')").first?.contains("did you mean `Europe/Paris`?") == true)
    #expect(
      bench.problems("date('2026-02-30') < date") == [
        "invalid-time at \"'2026-02-30'\": `2026-02-30` is no date (`date(\"2026-01-31\")` is one)"
      ])
    #expect(
      bench.problems("duration('1d') < self.rto") == [
        "invalid-time at \"'1d'\": `1d` is no duration (`duration(\"1h30m\")` is one, and so are `90s` and `1.5s`)"
      ])
    #expect(
      bench.problems("duration('9223372037s') < self.rto").first?.contains("`9223372037s` is out of a duration's range")
        == true)
    #expect(
      bench.problems("date + period('1 year') > date") == [
        "invalid-time at \"'1 year'\": `1 year` is no period (`period(\"1y6m\")` is one, and so are `30d`, `2w` and `P30D`)"
      ])
    #expect(
      bench.problems("timestamp('2026-01-31') > timestamp(0)") == [
        "invalid-time at \"'2026-01-31'\": `2026-01-31` is no timestamp (`timestamp(\"2026-01-31T23:59:59Z\")` is one)"
      ])
    #expect(bench.problems("timestamp(self.id) > timestamp(0)").isEmpty)
  }

  @Test func `Where there is no folder of zones, that is what is said`() {
    let database = TimeZoneDatabase(folder: "/nonexistent/zoneinfo")
    #expect(throws: TimeZoneDatabase.Failure.noDatabase) { try database.zone(named: "Europe/London") }
    #expect(throws: TimeZoneDatabase.Failure.unknown) { try database.zone(named: "../zoneinfo/UTC") }
    #expect(database.suggestion(for: "Europe/Lodnon") == nil)
  }

  @Test func `A file that is no zone is malformed, a folder is unknown`() {
    let database = TimeZoneDatabase(folder: "/proc/self")
    #expect(throws: TimeZoneDatabase.Failure.malformed) { try database.zone(named: "cmdline") }
    #expect(throws: TimeZoneDatabase.Failure.unknown) { try database.zone(named: "fd") }
  }

  @Test func `One zone is read by several tasks at once`() async {
    let database = TimeZoneDatabase.shared
    let offsets = await withTaskGroup(of: Int32?.self) { group in
      for _ in 0..<16 { group.addTask { try? database.zone(named: "Europe/London").offset(at: 0) } }
      return await group.reduce(into: [Int32?]()) { $0.append($1) }
    }
    #expect(offsets == Array(repeating: 3_600, count: 16))
  }

  // MARK: Files

  /// A file of version 2 or later: a block of 32-bit times, which must be skipped, and one of 64-bit times.
  private static func file(
    version: Character = "2", moments: [Int64] = [-1_000, 0, 5_000_000_000], types: [UInt8] = [1, 0, 2],
    offsets: [Int32] = [600, -3_600, 7_200], footer: String? = "<+03>-3", leapCount: Int = 0
  ) -> [UInt8] {
    func number(_ value: Int64, _ size: Int) -> [UInt8] {
      (0..<size).reversed().map { UInt8(truncatingIfNeeded: value >> Int64($0 * 8)) }
    }
    func block(_ moments: [Int64], _ size: Int) -> [UInt8] {
      var result = Array("TZif".utf8) + Array(String(version).utf8) + Array(repeating: 0, count: 15)
      for count in [1, 1, leapCount, moments.count, offsets.count, 4] { result += number(Int64(count), 4) }
      for moment in moments { result += number(moment, size) }
      result += types.prefix(moments.count)
      for offset in offsets { result += number(Int64(offset), 4) + [0, 0] }
      result += Array("ABC\0".utf8)
      result += Array(repeating: 0, count: leapCount * (size + 4))
      return result + [0, 0]
    }
    if version == "\0" { return block(moments, 4) }
    return block(moments.isEmpty ? [] : [1, 2], 4) + block(moments, 8) + Array("\n\(footer ?? "")\n".utf8)
  }

  @Test func `A file is read: what was before, between and after its moments`() throws {
    let zone = try #require(TimeZone(tzif: Self.file()))
    let expected: [(Int64, Int32)] = [
      (.min, 600), (-1_001, 600), (-1_000, -3_600), (-1, -3_600), (0, 600), (4_999_999_999, 600),
      (5_000_000_000, 10_800), (.max, 10_800),
    ]
    for (instant, offset) in expected { #expect(zone.offset(at: instant) == offset, "\(instant)") }
    let silent = try #require(TimeZone(tzif: Self.file(footer: nil)))
    #expect(silent.offset(at: 5_000_000_000) == 7_200)
    let still = try #require(TimeZone(tzif: Self.file(moments: [], types: [], offsets: [-60], footer: nil)))
    #expect(still.offset(at: 0) == -60)
    let old = try #require(TimeZone(tzif: Self.file(version: "\0", moments: [-10, 20], types: [1, 0])))
    #expect([-11, -10, 19, 20].map { old.offset(at: $0) } == [600, -3_600, -3_600, 600])
  }

  @Test func `A file that is cut short anywhere is refused`() {
    for version: Character in ["\0", "2", "4"] {
      let bytes = Self.file(version: version, moments: [-10, 0, 20])
      #expect(TimeZone(tzif: bytes) != nil)
      for length in 0..<bytes.count { #expect(TimeZone(tzif: Array(bytes.prefix(length))) == nil, "\(length)") }
    }
  }

  @Test func `A file with any byte changed is read or refused, and nothing worse`() {
    let bytes = Self.file()
    var read = 0
    for index in bytes.indices {
      for value: UInt8 in [0, 1, 0x7F, 0x80, 0xFF] {
        var changed = bytes
        changed[index] = value
        guard let zone = TimeZone(tzif: changed) else { continue }
        read += 1
        for instant: Int64 in [.min, -1, 0, 1, 1 << 40, .max] {
          #expect((-90_000...93_600).contains(zone.offset(at: instant)))
        }
      }
    }
    #expect(read > 100)
  }

  @Test func `A file that contradicts itself is refused`() {
    #expect(TimeZone(tzif: Self.file(moments: [0, 0, 1])) == nil)
    #expect(TimeZone(tzif: Self.file(moments: [2, 1, 3])) == nil)
    #expect(TimeZone(tzif: Self.file(types: [0, 3, 0])) == nil)
    #expect(TimeZone(tzif: Self.file(offsets: [0, 0, 93_600])) == nil)
    #expect(TimeZone(tzif: Self.file(offsets: [0, 0, .min])) == nil)
    #expect(TimeZone(tzif: Self.file(moments: [], types: [], offsets: [])) == nil)
    #expect(TimeZone(tzif: Self.file(footer: "CET")) == nil)
    #expect(TimeZone(tzif: Self.file(leapCount: 1)) == nil)
    #expect(TimeZone(tzif: Array("TZif2".utf8) + Array(repeating: 0xFF, count: 200)) == nil)
  }

  // MARK: Rules

  private static func seconds(_ written: String) throws -> Int64 {
    let digits = try #require(Int64(Workbench().value("int(timestamp('\(written)'))")))
    return digits
  }

  @Test(
    "A rule for later years holds in every year",
    arguments: [
      ("CET-1CEST,M3.5.0,M10.5.0/3", "2099-03-29T00:59:59Z", 3_600),
      ("CET-1CEST,M3.5.0,M10.5.0/3", "2099-03-29T01:00:00Z", 7_200),
      ("CET-1CEST,M3.5.0,M10.5.0/3", "2099-10-25T00:59:59Z", 7_200),
      ("CET-1CEST,M3.5.0,M10.5.0/3", "2099-10-25T01:00:00Z", 3_600),
      ("EST5EDT", "2099-03-08T06:59:59Z", -18_000), ("EST5EDT", "2099-03-08T07:00:00Z", -14_400),
      // Summer over the turn of the year.
      ("AEST-10AEDT,M10.1.0,M4.1.0/3", "2099-01-01T00:00:00Z", 39_600),
      ("AEST-10AEDT,M10.1.0,M4.1.0/3", "2099-07-01T00:00:00Z", 36_000),
      ("<+1030>-10:30<+11>-11,M10.1.0,M4.1.0", "2099-01-01T00:00:00Z", 39_600),
      ("<-03>3", "2099-01-01T00:00:00Z", -10_800), ("<+0545>-5:45", "2099-01-01T00:00:00Z", 20_700),
      ("LMT0:01:15", "2099-01-01T00:00:00Z", -75),
      // Standard time in summer, daylight time before it: what Ireland says of itself.
      ("IST-1GMT0,M10.5.0,M3.5.0/1", "2099-01-01T00:00:00Z", 0),
      ("IST-1GMT0,M10.5.0,M3.5.0/1", "2099-07-01T00:00:00Z", 3_600),
      // Times before midnight and past the day.
      ("<-02>2<-01>,M3.5.0/-1,M10.5.0/0", "2099-03-29T00:59:59Z", -7_200),
      ("<-02>2<-01>,M3.5.0/-1,M10.5.0/0", "2099-03-29T01:00:00Z", -3_600),
      ("IST-2IDT,M3.4.4/26,M10.5.0", "2099-03-26T23:59:59Z", 7_200),
      ("IST-2IDT,M3.4.4/26,M10.5.0", "2099-03-27T00:00:00Z", 10_800),
      // Day 60 by either count, in a year with a 29 February and one without.
      ("AAA0BBB,J60/0,J300/0", "2096-02-29T23:59:59Z", 0), ("AAA0BBB,J60/0,J300/0", "2096-03-01T00:00:00Z", 3_600),
      ("AAA0BBB,J60/0,J300/0", "2097-03-01T00:00:00Z", 3_600), ("AAA0BBB,59/0,300/0", "2096-02-29T00:00:00Z", 3_600),
      ("AAA0BBB,59/0,300/0", "2097-02-28T23:59:59Z", 0), ("AAA0BBB,59/0,300/0", "2097-03-01T00:00:00Z", 3_600),
      // Daylight time all year.
      ("XXX3EDT4,0/0,J365/23", "2099-01-01T02:59:59Z", -14_400),
      ("EST5EDT4,0/0,J365/25", "2099-12-31T23:59:59Z", -14_400),
      ("EST5EDT4,0/0,J365/25", "2100-01-01T04:00:00Z", -14_400),
      ("CET-1CEST,M3.5.0,M10.5.0/3", "0001-01-01T00:00:00Z", 3_600),
      ("CET-1CEST,M3.5.0,M10.5.0/3", "9999-12-31T23:59:59Z", 3_600),
    ])
  func rules(rule: String, instant: String, offset: Int) throws {
    let read = try #require(TimeZoneRule(posix: rule.utf8))
    #expect(Int(read.offset(at: try Self.seconds(instant))) == offset)
  }

  @Test(
    "What is no rule is refused",
    arguments: [
      "", "CE", "CET", "CET-", "CET-25", "CET-1:60", "CET-1CEST,", "CET-1CEST,M3.5.0", "CET-1CEST,M3.5.0,", "<+03-3",
      "<+3>-3", "CET-1CEST,M13.5.0,M10.5.0", "CET-1CEST,M3.6.0,M10.5.0", "CET-1CEST,M3.5.7,M10.5.0",
      "CET-1CEST,M0.5.0,M10.5.0", "CET-1CEST,M3.0.0,M10.5.0", "CET-1CEST,J0,J1", "CET-1CEST,J366,J1", "CET-1CEST,366,1",
      "CET-1CEST,M3.5.0/168,M10.5.0", "CET-1CEST,M3.5.0,M10.5.0 ", "C3T-1", "CET-0001", "CET-1:",
      "CET99999999999999999999",
      "CET-1CEST99", "CET--1",
    ])
  func noRule(rule: String) {
    #expect(TimeZoneRule(posix: rule.utf8) == nil)
  }
}
