public import PartitionPredicate

/// One build that read a data file.
public struct FileUse: Hashable, Sendable {
  /// The output partition.
  public let partition: Partition
  /// The job's input through which the file was read.
  public let input: String
  /// The run that built.
  public let run: RunID
  /// The file as it was read.
  public let file: DataFile
  /// Whether this run built what is published now.
  public let isPublished: Bool

  /// Creates a use.
  public init(partition: Partition, input: String, run: RunID, file: DataFile, isPublished: Bool) {
    self.partition = partition
    self.input = input
    self.run = run
    self.file = file
    self.isPublished = isPublished
  }
}
