import GRDB
import IncrementalJoin
import PartitionPredicate

extension Database {
  /// The files of versions, those of members included; unknown versions are left out.
  func files(of references: [VersionReference]) throws -> [VersionReference: [DataFile]] {
    var files: [VersionReference: [DataFile]] = [:]
    try forEachRow(of: references, Self.filesOfVersions) { reference, row in
      files[reference, default: []].append(try DataFile(row, from: 2))
    }
    return files
  }

  /// The digests of the rows of versions, where a run recorded them.
  func rowDigests(of references: [VersionReference]) throws -> [VersionReference: String] {
    var digests: [VersionReference: String] = [:]
    try forEachRow(of: references, Self.rowDigestsOfVersions) {
      digests[$0] = try $1.value(2, "row_digest.digest")
    }
    return digests
  }

  /// The rows about versions, whose first two columns name the version.
  private func forEachRow(
    of references: [VersionReference], _ sql: (Int) -> String,
    _ body: (VersionReference, Row) throws -> Void
  ) throws {
    var rest = Array(Set(references))[...]
    while !rest.isEmpty {
      // SQLite's builds allow at least 999 arguments.
      let chunk = rest.prefix(400)
      rest = rest.dropFirst(chunk.count)
      try forEachRow(
        sql(chunk.count), StatementArguments(chunk.flatMap { [$0.version, $0.identity] })
      ) { row in
        try body(
          VersionReference(
            version: try row.value(0, "version.id"), identity: try row.value(1, "version.identity")),
          row)
      }
    }
  }

  static func filesOfVersions(count: Int) -> String {
    """
    \(wantedVersions(count: count))
    SELECT v.id, v.identity, \(fileColumns)
    FROM wanted w
    CROSS JOIN version v ON v.id = w.id AND v.identity = w.identity
    LEFT JOIN version_member m ON m.version = v.number
    CROSS JOIN version_file f ON f.version = coalesce(m.member, v.number)
    LEFT JOIN file_digest d ON f.digest IS NULL AND d.version = f.version AND d.path = f.path
    ORDER BY v.number, f.path
    """
  }

  /// What versions consist of that are read together of several partitions, by path; other versions are left
  /// out.
  func members(
    of references: [VersionReference]
  ) throws -> [VersionReference: [ExactText: VersionReference]] {
    var members: [VersionReference: [ExactText: VersionReference]] = [:]
    try forEachRow(of: references, Self.membersOfVersions) { reference, row in
      let path: ExactText = try row.value(2, "version_member.path")
      members[reference, default: [:]][path] = VersionReference(
        version: try row.value(3, "version.id"), identity: try row.value(4, "version.identity"))
    }
    return members
  }

  static func membersOfVersions(count: Int) -> String {
    """
    \(wantedVersions(count: count))
    SELECT v.id, v.identity, m.path, o.id, o.identity
    FROM wanted w
    CROSS JOIN version v ON v.id = w.id AND v.identity = w.identity
    CROSS JOIN version_member m ON m.version = v.number
    LEFT JOIN version o ON o.number = m.member
    """
  }

  static func rowDigestsOfVersions(count: Int) -> String {
    """
    \(wantedVersions(count: count))
    SELECT v.id, v.identity, d.digest
    FROM wanted w
    CROSS JOIN version v ON v.id = w.id AND v.identity = w.identity
    CROSS JOIN row_digest d ON d.version = v.number
    """
  }

  /// The versions that were found to have the same content as these.
  func sameContent(
    as references: [VersionReference]
  ) throws -> [VersionReference: Set<VersionReference>] {
    var same: [VersionReference: Set<VersionReference>] = [:]
    try forEachRow(of: references, Self.versionsOfSameContent) { reference, row in
      same[reference, default: []].insert(VersionReference(version: row[2], identity: row[3]))
    }
    return same
  }

  static func versionsOfSameContent(count: Int) -> String {
    """
    \(wantedVersions(count: count))
    SELECT v.id, v.identity, o.id, o.identity
    FROM wanted w
    CROSS JOIN version v ON v.id = w.id AND v.identity = w.identity
    CROSS JOIN same_content s ON s.version = v.number
    CROSS JOIN version o ON o.number = s.other
    """
  }

  /// Records that a version has the content of another one that is known.
  func insertSameContent(_ other: PartitionVersion, as reference: VersionReference) throws {
    let known = try number(
      "SELECT number FROM version WHERE id = ? AND identity = ?",
      [reference.version, reference.identity])
    guard let known else { return }
    try run(
      "INSERT OR IGNORE INTO same_content (version, other) VALUES (?, ?)",
      [known, try numberOfVersion(other)])
  }

  private static func wantedVersions(count: Int) -> String {
    let values = Array(repeating: "(?, ?)", count: count).joined(separator: ", ")
    return "WITH wanted(id, identity) AS (VALUES \(values))"
  }

  /// The number of a version, which is stored unless it is known; so are its members.
  func numberOfVersion(_ version: PartitionVersion) throws -> Int64 {
    let members = try version.members.map { ($0.path, try numberOfVersion($0.version)) }
    let name: StatementArguments = [version.id, version.identity]
    let known = try number("SELECT number FROM version WHERE id = ? AND identity = ?", name)
    if let known {
      if members.isEmpty { try learnDigests(of: version, number: known) }
      return known
    }
    try run("INSERT INTO version (id, identity) VALUES (?, ?)", name)
    let number = lastInsertedRowID
    for (path, member) in members {
      try run(
        "INSERT INTO version_member (version, path, member) VALUES (?, ?, ?)",
        [number, path, member])
    }
    for file in version.files where members.isEmpty {
      try run(
        """
        INSERT INTO version_file (version, path, size, modified, tag, stamp, digest, final)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?)
        """,
        [
          number, file.path, file.size, file.modified, file.tag, file.stamp, file.digest,
          file.isFinal,
        ])
    }
    return number
  }

  /// Keeps the digests of a version that was stored without them, as a job does that publishes it: a job
  /// that reads it knows them.
  private func learnDigests(of version: PartitionVersion, number: Int64) throws {
    let isOpen = try self.number(
      "SELECT 1 FROM version_file WHERE version = ? AND digest IS NULL LIMIT 1", [number])
    guard isOpen != nil else { return }
    for file in version.files {
      guard let digest = file.digest else { continue }
      try run(
        """
        INSERT OR IGNORE INTO file_digest (version, path, digest)
        SELECT version, path, ? FROM version_file
        WHERE version = ? AND path = ? AND digest IS NULL
        """,
        [digest, number, file.path])
    }
  }
}

extension Database {
  /// What is known of a file: the columns of `version_file f`, and of `file_digest d` where its digest was learned
  /// later.
  static let fileColumns =
    "f.path, f.size, f.modified, f.tag, f.stamp, coalesce(f.digest, d.digest), f.final"
}

extension DataFile {
  /// Reads `Database.fileColumns`, of which the first one has a place in the row.
  init(_ row: Row, from first: Int) throws {
    self.init(
      path: try row.value(first, "version_file.path"),
      size: try row.value(first + 1, "version_file.size"),
      modified: try row.value(first + 2, "version_file.modified"),
      tag: try row.value(first + 3, "version_file.tag"),
      stamp: try row.value(first + 4, "version_file.stamp"),
      digest: try row.value(first + 5, "version_file.digest"),
      isFinal: try row.value(first + 6, "version_file.final"))
  }
}
