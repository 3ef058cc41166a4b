import GlueCatalog

#if S3
  import GlueClient
#endif

extension Session {
  /// The Glue Data Catalog, as AWS's tools find it.
  ///
  /// - Throws: `CatalogError` when what is configured cannot be used, and where the program was built without it.
  func catalog() throws(CatalogError) -> any CatalogClient {
    #if S3
      return try GlueClient(settings: GlueSettings())
    #else
      throw .notBuilt
    #endif
  }
}
