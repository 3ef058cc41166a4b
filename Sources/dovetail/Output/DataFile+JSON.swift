public import IncrementalJoin
import LocalStorage
import PartitionPredicate

/// The JSON of a data file, with inode and ctime or the ETag where the storage has them; whether the file was final
/// matters only to the ledger.
extension DataFile: Encodable {
  private enum CodingKeys: CodingKey {
    case path, size, modified, inode, changed, etag, digest
  }

  /// Writes an object.
  public func encode(to encoder: any Encoder) throws {
    let stamp = LocalStamp(self)
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(path, forKey: .path)
    try container.encode(size, forKey: .size)
    try container.encode(modified, forKey: .modified)
    try container.encodeIfPresent(stamp?.inode, forKey: .inode)
    try container.encodeIfPresent(stamp?.changed, forKey: .changed)
    // A tag consists of the ETag and the size.
    try container.encodeIfPresent(tag?.parts(separatedBy: " ").first, forKey: .etag)
    try container.encodeIfPresent(
      digest.flatMap { ContentDigest($0.exact).sha256 }, forKey: .digest)
  }
}
