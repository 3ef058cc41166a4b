/// Tells from what a data file says about itself when its rows happened, without reading the rows.
public protocol FileTimeReader: Sendable {
  /// The times of the rows of a file.
  ///
  /// - Parameters:
  ///   - file: As a listing saw it.
  ///   - table: The file's table, which says which column has the time.
  ///   - type: The type of this column, by which the table is read.
  ///   - files: Where the file is.
  /// - Returns: nil unless the file says it of every row: another format, rows without a time, a column of another type,
  ///   a file that has changed or cannot be read in part.
  func times(of file: DataFile, in table: TableDefinition, type: String, from files: any FileStore)
    async -> FileTimes?
}
