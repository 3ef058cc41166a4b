import CSystem
import IncrementalJoin
import PartitionPredicate

extension OutputPlaces {
  /// The data files that a run has staged for a partition.
  func files(staged run: RunID, partition: Partition) throws(PublishError) -> [DataFile] {
    try files(in: places(of: partition, run: run).staged, of: partition)
  }

  /// The published data files of a partition.
  func files(published partition: Partition) throws(PublishError) -> [DataFile] {
    try files(in: published(partition), of: partition)
  }

  /// The data files of one folder, in the order of a partition version, with the paths that they have
  /// below the location once they are published.
  private func files(in path: String, of partition: Partition) throws(PublishError) -> [DataFile] {
    var files: [DataFile] = []
    do throws(SystemError) {
      let folder = try FolderStream(path)
      while let entry = try folder.next() {
        // Outputs are written as Parquet.
        guard entry.isText, !isHidden(entry.name, keys: []),
          DataFormat.parquet.matches(fileName: entry.name),
          let facts = try folder.factsIfPresent(of: entry.name), facts.kind == .file
        else { continue }
        files.append(
          DataFile(
            path: partition.path.isEmpty ? entry.name.exact : "\(partition.path)/\(entry.name)",
            facts: facts))
      }
    } catch {
      guard error.isAbsence else { throw error.cannot("read the folder", path) }
    }
    return files.sorted { $0.path < $1.path }
  }
}
