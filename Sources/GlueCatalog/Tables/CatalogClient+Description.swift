public import IncrementalJoin

extension CatalogClient {
  /// What a table is that is read through the catalog; a resource link leads to its table.
  ///
  /// - Parameter name: The table's, or that of a link to it.
  /// - Returns: The description, or why the table is not read.
  /// - Throws: `CatalogError`.
  public func description(
    of name: CatalogName
  ) async throws(CatalogError) -> Result<TableDescription, TableRefusal> {
    var found = try await table(name)
    if let target = found.target {
      found = try await table(target)
      if found.target != nil { return .failure(TableRefusal(name, .linkToLink)) }
    }
    do throws(TableRefusal) {
      return .success(try TableDescription(found))
    } catch {
      return .failure(error)
    }
  }

  /// The names of all databases, in order of the answer.
  public func allDatabases() async throws(CatalogError) -> [String] {
    try await all { after async throws(CatalogError) in try await databases(after: after) }
  }

  /// All tables of a database.
  public func allTables(of database: String) async throws(CatalogError) -> [CatalogTable] {
    try await all { after async throws(CatalogError) in
      try await tables(of: database, after: after)
    }
  }

  /// The entries of all pages.
  private func all<Entry: Sendable>(
    _ page: (String?) async throws(CatalogError) -> CatalogPage<Entry>
  ) async throws(CatalogError) -> [Entry] {
    var entries: [Entry] = []
    var next: String?
    repeat {
      let page = try await page(next)
      entries += page.entries
      next = page.next
    } while next != nil
    return entries
  }
}
