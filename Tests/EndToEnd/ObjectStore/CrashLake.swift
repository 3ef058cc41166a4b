import Foundation
import GRDB
import PartitionPredicate
import S3Client
import TestSupport
import Testing

/// A lake whose tables are rewritten again and again, so that every published partition says of which generation it is.
///
/// All requests go through a proxy, which can kill who makes them.
struct CrashLake {
  /// What one partition holds: the generation that wrote it, or nothing.
  enum Content: Hashable {
    case absent
    case generation(Int)
  }

  /// Where the ledger is kept.
  enum LedgerPlace: String, CaseIterable { case disk, store }

  static let keys = 0..<4
  let lake: Lake
  let proxy: FaultProxy
  /// Where readers find the output; nil where they find it by its folders.
  var glue: GlueLake?

  /// Makes a lake of which nothing is published yet.
  init(ledger: LedgerPlace = .disk, job: String = "") async throws {
    proxy = try FaultProxy(for: try await S3Peer.shared(.seaweedFS))
    lake = try await Lake(through: proxy.endpoint) { place in
      Lake.pair(place) + job + (ledger == .store ? "ledger: \"\(place)/state\"\n" : "")
    }
    try await landOther()
  }

  /// Takes a lake whose output readers find through the catalog.
  init(_ lake: Lake, _ proxy: FaultProxy, _ glue: GlueLake) {
    self.lake = lake
    self.proxy = proxy
    self.glue = glue
  }

  /// Lands the table that stays.
  func landOther() async throws {
    for key in Self.keys {
      try await lake.land("b/k=\(key)", "SELECT n AS id, n AS y FROM range(1000) AS r(n)")
    }
  }

  /// What a partition holds when a generation is published: every second one leaves the first partition empty.
  static func content(of key: Int, _ generation: Int) -> Content {
    key == 0 && generation % 2 == 1 ? .absent : .generation(generation)
  }

  /// Rewrites the objects of `a`, and removes what the generation leaves empty.
  func land(_ generation: Int) async throws {
    for key in Self.keys {
      switch Self.content(of: key, generation) {
      case .generation: try await landWhole(generation, key)
      case .absent: try await lake.remove("data/a/k=\(key)/")
      }
    }
  }

  /// Rewrites the object of one partition of `a`.
  func landWhole(_ generation: Int, _ key: Int) async throws {
    try await lake.land(
      "a/k=\(key)",
      "SELECT n AS id, \(generation)::BIGINT AS x FROM range(\(20 + generation)) AS r(n)")
  }

  /// Publishes a generation, as a run does that meets nothing bad.
  func publish(_ generation: Int, _ comment: String) async throws {
    try await land(generation)
    try await run("\(comment), generation \(generation)")
  }

  /// Publishes what is pending, as a run does that meets nothing bad.
  func run(in folder: String? = nil, _ comment: String) async throws {
    let finished = try await lake.dovetail(
      "run", "--allow-removals", in: folder, environment: glue?.environment ?? [:])
    #expect(finished.status == 0, Comment(rawValue: "\(comment): \(finished.stderr)"))
  }

  /// What is published, by key; records an issue for a partition that is neither nothing nor one whole generation.
  func contents(_ comment: String) async throws -> [Int: Content] {
    try? lake.bench.remove("out/j")
    if let glue {
      try await glue.download("j", keys: ["k"], to: "out/j")
    } else {
      try await lake.download("out/j")
    }
    var contents: [Int: Content] = [:]
    for key in Self.keys {
      let files = lake.bench.files("out/j/k=\(key)")
      contents[key] = .absent
      guard !files.isEmpty else { continue }
      #expect(files.count == 1, Comment(rawValue: comment))
      if glue == nil { #expect(files == ["data.parquet"], Comment(rawValue: comment)) }
      let rows = try await lake.bench.sql(
        """
        SELECT count(*), min(x), max(x) FROM \
        read_parquet('\(lake.bench.path("out/j/k=\(key)/\(files[0])"))', hive_partitioning = false)
        """)
      let numbers = rows[0].compactMap { $0.flatMap { Int($0) } }
      try #require(numbers.count == 3, Comment(rawValue: comment))
      #expect(numbers[1] == numbers[2], Comment(rawValue: comment))
      #expect(numbers[0] == 20 + numbers[1], Comment(rawValue: comment))
      contents[key] = .generation(numbers[1])
    }
    return contents
  }

  /// Expects each partition to hold one of two generations; returns what they hold.
  @discardableResult
  func expect(
    _ before: [Int: Content], or generation: Int, _ comment: String
  ) async throws -> [Int: Content] {
    let contents = try await contents(comment)
    for key in Self.keys {
      #expect(
        [before[key] ?? .absent, Self.content(of: key, generation)].contains(contents[key]),
        "\(comment), partition \(key)")
    }
    return contents
  }

  /// Expects a generation to be published whole, and nothing to be left of what went before.
  ///
  /// - Returns: What is published.
  @discardableResult
  func expectSettled(
    _ generation: Int, in folder: String? = nil, _ comment: String
  ) async throws -> [Int: Content] {
    let contents = try await contents(comment)
    for key in Self.keys {
      #expect(
        contents[key] == Self.content(of: key, generation), "\(comment), partition \(key)")
    }
    let bench = lake.bench
    for table in ["a", "b"] {
      try? bench.remove("data/\(table)")
      try await lake.download("data/\(table)")
    }
    try await bench.expectPair()
    #expect(try await lake.pending(in: folder) == [], Comment(rawValue: comment))
    try await expectTidy(in: folder, comment)
    return contents
  }

  /// Expects no upload to be open, and nothing in the hidden folder but what every output has and what runs replaced.
  func expectTidy(in folder: String? = nil, _ comment: String) async throws {
    #expect(try await lake.openUploads() == [], Comment(rawValue: comment))
    if let glue { return try await expectTidy(glue, comment) }
    let hidden = try await lake.keys("out/.j.dovetail/")
    let known = ["lease.json", "owner.json", "probe.json"]
    let replaced = try replaced(in: folder)
    #expect(
      hidden.filter { !known.contains($0) && !replaced.contains($0) } == [],
      Comment(rawValue: comment))
  }

  /// Expects every version to be named by the catalog or by what is known of replaced ones, and nothing to be staged.
  private func expectTidy(_ glue: GlueLake, _ comment: String) async throws {
    let hidden = try await lake.keys("out/.j.dovetail/")
    let notes = hidden.filter { $0.hasPrefix("kept/") }
    let known = ["lease.json", "owner.json", "probe.json"] + notes
    #expect(hidden.filter { !known.contains($0) } == [], Comment(rawValue: comment))
    var names = try await glue.locations(of: "j").values.joined(separator: " ")
    for note in notes {
      let content = try await lake.client.read(lake.object("out/.j.dovetail/\(note)")).content
      names += " " + String(decoding: content, as: UTF8.self)
    }
    for version in try await lake.keys("out/versions-of-j/") {
      let folder = version.split(separator: "/").dropLast().joined(separator: "/")
      #expect(names.contains("/versions-of-j/\(folder)/"), "\(comment): nobody knows \(version)")
    }
  }

  /// What the ledger says of the objects that runs have replaced or removed, as paths of the kept ones.
  private func replaced(in folder: String?) throws -> [String] {
    let state = "\(folder ?? lake.bench.folder)/.dovetail"
    let files = lake.bench.files(state).filter { $0.hasSuffix("ledger.sqlite") }
    return try DatabaseQueue(path: "\(state)/\(try #require(files.first))").read { database in
      try String.fetchAll(
        database,
        sql: """
          SELECT 'kept/' || publish.run || '/' || path || '/data.parquet'
          FROM publish JOIN output_partition ON output_partition.id = publish.partition
          WHERE publish.state = 'committed' AND published_token IS NOT NULL AND action <> 'none'
          """)
    }
  }
}
