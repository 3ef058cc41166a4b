import Foundation
import IncrementalJoin
import ObjectStorage
import PartitionPredicate
import TestSupport
import Testing

/// Objects as the files of tables.
@Suite("Files in an object store")
struct ObjectFilesTests {
  private static let location = Location(scheme: "s3", root: "lake/in/flights")

  private let objects: MemoryObjects
  private let files: ObjectFiles
  private let scratch: TemporaryFolder

  init() throws {
    objects = MemoryObjects(pageSize: 4)
    scratch = try TemporaryFolder()
    let objects = objects
    files = ObjectFiles({ _ in objects }, scratch: ObjectScratch(folder: scratch.path, limit: 10))
  }

  private func place(_ path: ExactText) -> ObjectPlace {
    ObjectPlace(bucket: "lake", key: "in/flights/\(path)")
  }

  private func put(_ text: String?, _ path: ExactText) {
    objects.put(text.map { Data($0.utf8) }, at: place(path))
  }

  private var stored: StoredFiles {
    put("", "")
    return StoredFiles(
      files, at: Self.location, write: { text, path in put(text, path) },
      remove: { path in put(nil, path) })
  }

  @Test(arguments: Conformance<StoredFiles>.fileStore)
  func conformance(_ conformance: Conformance<StoredFiles>) async throws {
    try await conformance.check(stored)
  }

  @Test(arguments: Conformance<StoredTables>.tableReader + Conformance<StoredTables>.hiveReader)
  func tables(_ conformance: Conformance<StoredTables>) async throws {
    try await conformance.check(StoredTables(HiveTables(over: files), over: stored))
  }

  private func snapshot(of days: Range<Int>? = nil) async -> Snapshot {
    let table = TableDefinition(
      name: "flights", location: Self.location, format: .parquet,
      keys: [PartitionKey(name: "month", type: .int), PartitionKey(name: "day", type: .int)])
    let partitions = days.map { days in
      days.map { Partition(keys: table.keys, values: [.integer(1), .integer(Int64($0))]) }
    }
    return await HiveTables(over: files).snapshot(
      of: table,
      in: partitions.map { .selected(.compact($0, keys: table.keys)) } ?? .all)
  }

  @Test("one request lists a page, and what a predicate leaves out is not listed")
  func requests() async throws {
    for day in 1...20 {
      for file in 1...6 { put("x", "month=1/day=\(day)/\(file).parquet") }
    }
    #expect(await snapshot().partitions.count == 20)
    // 120 keys, 4 a page; after ten pages the two levels above tell that cutting is not worth it.
    #expect(try #require(objects.counts[.list]) == 30 + 2)
    objects.resetCounts()
    let chosen = await snapshot(of: 3..<4)
    #expect(chosen.partitions.map(\.value.version.files.count) == [6] && chosen.problems == [])
    // A page at the root, at month=1 and at day=3, and the levels below each: 1, 5 and 2 pages.
    #expect(try #require(objects.counts[.list]) == 3 + 1 + 5 + 2)
  }

  @Test("of a watched table the years that ended are one name each, whatever lies below")
  func watched() async throws {
    for year in 2000...2025 {
      for day in 1...28 { put("x", "year=\(year)/month=1/day=\(day)/a.parquet") }
    }
    put("x", "year=2026/month=2/day=20/a.parquet")
    let keys = ["year", "month", "day"].map { PartitionKey(name: $0, type: .int) }
    let table = TableDefinition(
      name: "flights", location: Self.location, format: .parquet, keys: keys,
      time: TableTime(column: "ts", keys: try TimeKeys(keys: keys)),
      watch: .lately(.seconds(10 * 86_400)))
    // 2026-02-28 in UTC.
    let tables = HiveTables(over: files) { Date(timeIntervalSince1970: 1_772_236_800) }
    let snapshot = await tables.snapshot(of: table, in: .watched)
    #expect(snapshot.partitions.keys.map(\.path) == ["year=2026/month=2/day=20"])
    // 27 names, 4 a page, after one page of keys; below the last year a page a level.
    #expect(try #require(objects.counts[.list]) <= 1 + 7 + 3)
  }

  @Test(
    "another time of the same content is no change; a rewritten one of the same size is told by the store's digest"
  )
  func tags() async throws {
    put("one", "month=1/day=1/a.parquet")
    let before = try #require(await snapshot().partitions.first?.value.version)
    objects.now += 100
    put("one", "month=1/day=1/a.parquet")
    let same = try #require(await snapshot().partitions.first?.value.version)
    #expect(VersionReference(same) == VersionReference(before))
    #expect(same.files[0].modified > before.files[0].modified)
    put("two", "month=1/day=1/a.parquet")
    let other = try #require(await snapshot().partitions.first?.value.version)
    #expect(other.files[0].mayBeCopy(of: before.files[0]))
    #expect(try await files.digest(of: other.files[0], in: Self.location) == SHA256.hash("two"))
  }

  @Test("what was read is known by all checksums that its store may say of it later")
  func checksums() async throws {
    objects.checksum = { _ in "crc32c:0a0b0c0d" }
    put("one", "month=1/day=1/a.parquet")
    let file = try await file("month=1/day=1/a.parquet")
    #expect(try await files.digest(of: file, in: Self.location) == "crc32c:0a0b0c0d")
    try await files.fetch([file], in: Self.location)
    #expect(
      try await files.digest(of: file, in: Self.location)
        == "\(SHA256.hash("one")) crc32c:0a0b0c0d crc64nvme:b1499e0aaacb3bb3")
    objects.checksum = { _ in nil }
    put("two", "month=1/day=1/a.parquet")
    let other = try await self.file("month=1/day=1/a.parquet")
    let path = "s3://lake/in/flights/month=1/day=1/a.parquet"
    await #expect(
      throws: PinError.unreadable(
        path: path, reason: "the store has no checksum of its whole content")
    ) {
      _ = try await files.digest(of: other, in: Self.location)
    }
    put("three", "month=1/day=1/a.parquet")
    await #expect(throws: PinError.changed(path: path)) {
      _ = try await files.digest(of: other, in: Self.location)
    }
  }

  @Test("many are asked about at a time, and each by itself", .timeLimit(.minutes(15)))
  func manyChecksums() async throws {
    for day in 1...20 { put("\(day)", "month=1/day=\(day)/a.parquet") }
    let all = await snapshot().partitions.flatMap(\.value.version.files)
    put(nil, "month=1/day=7/a.parquet")
    objects.resetCounts()
    let held = objects.hold(.head)
    async let digests = files.digests(of: all, in: Self.location)
    // One that does not come keeps none of the others waiting.
    await held.arrived()
    while objects.counts[.head] != 20 { await Task.yield() }
    held.proceed()
    let found = await digests
    let expected = all.map { file -> String? in
      let day = file.path.parts(separatedBy: "/")[1].parts(separatedBy: "=")[1]
      return day == "7" ? nil : SHA256.hash(day.text)
    }
    #expect(found == expected)
  }

  @Test("keys that are no path of a table are told, and read by nothing")
  func oddKeys() async throws {
    put("x", "month=1/day=1/a.parquet")
    put("x", "month=1/day=1//b.parquet")
    put("x", "month=1/c.parquet")
    put("", "month=1/day=2/")
    let snapshot = await snapshot()
    #expect(
      snapshot.partitions.map { $0.value.version.files.map(\.path) } == [
        ["month=1/day=1/a.parquet"]
      ])
    #expect(
      snapshot.problems.map(\.path) == [
        "s3://lake/in/flights/month=1/c.parquet", "s3://lake/in/flights/month=1/day=1/",
      ])
  }

  @Test("a listing that fails is incomplete, and says why in the store's words")
  func failures() async throws {
    put("x", "month=1/day=1/a.parquet")
    objects.failure = .denied(
      operation: "list", place: "s3://lake/in/flights", reason: "AccessDenied")
    objects.faults.fail(at: 0)
    let snapshot = await snapshot()
    #expect(snapshot.partitions.isEmpty)
    #expect(
      snapshot.problems.map(\.description) == [
        "Table flights: s3://lake/in/flights could not be listed: The credentials do not allow to list s3://lake/in/flights: "
          + "AccessDenied. docs/guide/s3.md lists the permissions that Dovetail needs. Nothing counts as deleted, and the "
          + "jobs that read the table do not run until it can be listed."
      ])
  }

  private func file(_ path: ExactText) async throws -> DataFile {
    let files = await snapshot().partitions.flatMap(\.value.version.files)
    return try #require(files.first { $0.path == path })
  }

  private func text(of file: DataFile) -> String? {
    try? String(contentsOfFile: files.place(of: file, in: Self.location), encoding: .utf8)
  }

  @Test("engines read exactly what was pinned, once downloaded for all who ask")
  func pins() async throws {
    put("old", "month=1/day=1/a.parquet")
    let old = try await file("month=1/day=1/a.parquet")
    put("gone", "month=1/day=2/b.parquet")
    let gone = try await file("month=1/day=2/b.parquet")
    objects.resetCounts()
    async let first: Void = files.fetch([old], in: Self.location)
    async let second: Void = files.fetch([old], in: Self.location)
    _ = try await (first, second)
    #expect(objects.counts == [.download: 1] && text(of: old) == "old")
    // What was read had the pinned content, whatever is there by now.
    put("new", "month=1/day=1/a.parquet")
    try await files.check(old, in: Self.location)
    #expect(objects.counts == [.download: 1])
    put(nil, "month=1/day=2/b.parquet")
    await #expect(throws: PinError.vanished(path: "s3://lake/in/flights/month=1/day=2/b.parquet")) {
      try await files.fetch([old, gone], in: Self.location)
    }
    let new = try await file("month=1/day=1/a.parquet")
    put("newer", "month=1/day=1/a.parquet")
    await #expect(throws: PinError.changed(path: "s3://lake/in/flights/month=1/day=1/a.parquet")) {
      try await files.fetch([new], in: Self.location)
    }
    #expect(text(of: new) == nil)
  }

  @Test("copies that nobody uses go, the oldest first, when there are more than the limit")
  func limit() async throws {
    for day in 1...3 { put("six \(day)!", "month=1/day=\(day)/a.parquet") }
    let all = await snapshot().partitions.flatMap(\.value.version.files).sorted {
      $0.path < $1.path
    }
    try await files.fetch(all, in: Self.location)
    #expect(all.allSatisfy { text(of: $0) != nil })
    await files.release([all[1], all[0]], in: Self.location)
    #expect(all.map { text(of: $0) != nil } == [false, false, true])
    await files.release([all[2]], in: Self.location)
    #expect(text(of: all[2]) != nil)
  }

  @Test("sentences name objects, and no copies of them")
  func sentences() async throws {
    put("x", "month=1/day=1/it's %20.parquet")
    let file = try await file("month=1/day=1/it's %20.parquet")
    let place = files.place(of: file, in: Self.location)
    #expect(
      files.readable("\(place) is too short, unlike \(place).")
        == "s3://lake/in/flights/month=1/day=1/it's %20.parquet is too short, unlike "
        + "s3://lake/in/flights/month=1/day=1/it's %20.parquet.")
    #expect(files.readable("no copy: \(scratch.path)/x") == "no copy: \(scratch.path)/x")
    for key in ["a//b.csv.gz", "a/../../b.csv.gz"] as [ExactText] {
      let odd = DataFile(path: key, size: 1, modified: 0, tag: "t 1")
      let place = files.place(of: odd, in: Self.location).exact
      #expect(place.begins(with: "\(scratch.path)/") && place.ends(with: ".csv.gz"))
      #expect(!place.contains(text: "/../") && !place.contains(text: "//b"))
    }
  }
}
