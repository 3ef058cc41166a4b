import GlueCatalog

extension Session {
  /// The Glue Data Catalog of this workspace.
  ///
  /// - Throws: `CatalogError.notBuilt` where the program was built without it.
  func catalog() throws(CatalogError) -> any CatalogClient { throw .notBuilt }
}
