public import Foundation
public import GlueCatalog
public import IncrementalJoin

extension GlueClient: CatalogClient {
  /// The names of the databases, by GetDatabases.
  public func databases(after: String?) async throws(CatalogError) -> CatalogPage<String> {
    var call = GlueCall("GetDatabases", .catalog, ["MaxResults": .integer(100)])
    call.goOn(after)
    return try await send(call).page("DatabaseList") { database throws(CatalogError) in
      try database.neededText("Name")
    }
  }

  /// The tables of a database, by GetTables.
  public func tables(of database: String, after: String?) async throws(CatalogError)
    -> CatalogPage<CatalogTable>
  {
    var call = GlueCall(
      "GetTables", .database(database),
      ["DatabaseName": .text(database), "MaxResults": .integer(100)])
    call.goOn(after)
    return try await send(call).page("TableList") { table throws(CatalogError) in
      try CatalogTable(&table, catalog: nil)
    }
  }

  /// A table, by GetTable.
  public func table(_ name: CatalogName) async throws(CatalogError) -> CatalogTable {
    let call = GlueCall("GetTable", of: name, nameIn: "Name")
    var answer = try await send(call).object
    guard var table = try answer.object("Table") else {
      throw .unreadable(call: call.permission, reason: "Table is missing")
    }
    return try CatalogTable(&table, catalog: name.catalog)
  }

  /// Creates a table, by CreateTable.
  public func create(_ table: CatalogTable) async throws(CatalogError) {
    var call = GlueCall(
      "CreateTable", .table(table.name),
      ["DatabaseName": .text(table.name.database), "TableInput": table.input])
    call.isRepeatable = false
    _ = try await send(call)
  }

  /// Creates a database, by CreateDatabase, unless it is there.
  public func create(database: String) async throws(CatalogError) {
    let call = GlueCall(
      "CreateDatabase", .database(database),
      ["DatabaseInput": .object(["Name": .text(database)])])
    do {
      _ = try await send(call)
    } catch {
      guard case .failed(_, _, "AlreadyExistsException", _) = error else { throw error }
    }
  }

  /// Replaces a table, by UpdateTable with its version.
  public func update(_ table: CatalogTable, at date: Date?) async throws(CatalogError) {
    var call = GlueCall(
      "UpdateTable", .table(table.name),
      ["DatabaseName": .text(table.name.database), "TableInput": table.input])
    call.fields["VersionId"] = table.version.map { .text($0) }
    call.isRepeatable = false
    call.date = date
    _ = try await send(call)
  }

  /// Partitions, by GetPartitions with 1,000 a page.
  public func partitions(
    of name: CatalogName, _ request: PartitionsRequest, after: String?
  ) async throws(CatalogError) -> CatalogPage<CatalogPartition> {
    var call = GlueCall("GetPartitions", of: name, ["MaxResults": .integer(1000)])
    call.fields["Expression"] = request.expression.map { .text($0) }
    if let segment = request.segment {
      call.fields["Segment"] = .object([
        "SegmentNumber": .integer(Int64(segment.number)),
        "TotalSegments": .integer(Int64(segment.total)),
      ])
    }
    if request.leavesOutColumns { call.fields["ExcludeColumnSchema"] = .boolean(true) }
    call.goOn(after)
    return try await send(call).page("Partitions") { partition throws(CatalogError) in
      try CatalogPartition(&partition)
    }
  }

  /// Partitions by their values, by BatchGetPartition; what Glue did not get to is asked for again.
  public func partitions(
    of name: CatalogName, values: [[String]]
  ) async throws(CatalogError) -> [CatalogPartition] {
    var found: [CatalogPartition] = []
    var rest = values
    while !rest.isEmpty {
      let call = GlueCall(
        "BatchGetPartition", of: name,
        ["PartitionsToGet": .list(rest.map { .partition($0) })])
      let answer = try await send(call)
      found += try answer.list("Partitions") { partition throws(CatalogError) in
        try CatalogPartition(&partition)
      }
      let open = try answer.list("UnprocessedKeys") { key throws(CatalogError) in
        try key.texts("Values") ?? []
      }
      guard open.count < rest.count else {
        throw .unreadable(call: call.permission, reason: "it never ends")
      }
      rest = open
    }
    return found
  }

  /// Creates partitions, by BatchCreatePartition.
  public func create(
    _ partitions: [CatalogPartition], of name: CatalogName, at date: Date?
  ) async throws(CatalogError) -> [EntryFailure] {
    try await change(
      "BatchCreatePartition", of: name, at: date, "PartitionInputList", partitions.map(\.input))
  }

  /// Replaces partitions, by BatchUpdatePartition.
  public func update(
    _ partitions: [CatalogPartition], of name: CatalogName, at date: Date?
  ) async throws(CatalogError) -> [EntryFailure] {
    try await change(
      "BatchUpdatePartition", of: name, at: date, "Entries",
      partitions.map { partition in
        .object([
          "PartitionValueList": .list(partition.values.map { .text($0) }),
          "PartitionInput": partition.input,
        ])
      })
  }

  /// Deletes partitions, by BatchDeletePartition.
  public func delete(
    _ values: [[String]], of name: CatalogName, at date: Date?
  ) async throws(CatalogError) -> [EntryFailure] {
    try await change(
      "BatchDeletePartition", of: name, at: date, "PartitionsToDelete",
      values.map { .partition($0) })
  }

  private func change(
    _ call: String, of name: CatalogName, at date: Date?, _ field: String,
    _ entries: [CatalogValue]
  ) async throws(CatalogError) -> [EntryFailure] {
    if entries.isEmpty { return [] }
    var call = GlueCall(call, of: name, [field: .list(entries)])
    call.isRepeatable = false
    call.date = date
    return try await send(call).failures()
  }

  /// The bookmark of a job, by GetJobBookmark.
  public func bookmark(of job: String, run: String?) async throws(CatalogError)
    -> JobBookmarkEntry
  {
    var call = GlueCall("GetJobBookmark", .job(job), ["JobName": .text(job)])
    call.fields["RunId"] = run.map { .text($0) }
    var answer = try await send(call).object
    guard var entry = try answer.object("JobBookmarkEntry") else {
      throw .unreadable(call: call.permission, reason: "JobBookmarkEntry is missing")
    }
    return JobBookmarkEntry(
      job: try entry.text("JobName") ?? job, version: try entry.neededInteger("Version"),
      run: try entry.neededInteger("Run"), attempt: try entry.neededInteger("Attempt"),
      runID: try entry.text("RunId"), previousRunID: try entry.text("PreviousRunId"),
      bookmark: try entry.neededText("JobBookmark"))
  }
}

extension GlueCall {
  /// Goes on where the page before ended.
  fileprivate mutating func goOn(_ token: String?) {
    fields["NextToken"] = token.map { .text($0) }
  }
}

extension CatalogValue {
  /// A partition by its values.
  fileprivate static func partition(_ values: [String]) -> CatalogValue {
    .object(["Values": .list(values.map { .text($0) })])
  }
}
