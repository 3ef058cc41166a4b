import Foundation
import IncrementalJoin
import Ledger
import PartitionPredicate

extension LedgerObjects {
  /// The size of a part of an upload; what is smaller is written in one request.
  private static let partSize: Int64 = 8 << 20

  /// Fetches a snapshot into a local file.
  ///
  /// - Throws: `Misfit` where it was removed, and where its content is not that of its name.
  func fetch(_ snapshot: StoredHistory.Snapshot, to path: String) async throws {
    do {
      try await client.download(
        ObjectPlace(bucket: bucket, key: snapshot.object.key), tag: snapshot.object.tag, to: path)
    } catch ObjectError.absent, ObjectError.unmet {
      throw Misfit("snapshot \(snapshot.number) was removed while it was fetched")
    }
    guard try Self.digest(of: path) == snapshot.digest else {
      throw Misfit("the content of snapshot \(snapshot.number) is not that of its checksum")
    }
  }

  /// Stores a copy as the snapshot of a state.
  ///
  /// The name has the digest, so that whoever writes it writes the same.
  ///
  /// - Returns: The digest of its content.
  func store(_ path: String, as number: Int) async throws -> ExactText {
    let digest = try Self.digest(of: path)
    let place = ObjectPlace(
      bucket: bucket, key: "\(folder)\(StoredHistory.snapshot(number, digest: digest))")
    for _ in 0..<3 {
      do {
        try await upload(path, to: place)
        return digest
      } catch ObjectError.unmet {
        return digest
      } catch ObjectError.lost {
        continue
      }
    }
    throw LedgerError.unreachable(
      place: self.place, reason: "No answer to a write came, three times.")
  }

  private func upload(_ path: String, to place: ObjectPlace) async throws {
    let file = try FileHandle(forReadingFrom: URL(filePath: path))
    let size = Int64(try file.seekToEnd())
    guard size > Self.partSize else {
      try file.seek(toOffset: 0)
      let content = try file.readToEnd() ?? Data()
      _ = try await client.write(content, to: place, metadata: [:], if: .absent)
      return
    }
    let upload = try await client.beginUpload(to: place, metadata: [:])
    do {
      var parts: [UploadedPart] = []
      for start in stride(from: 0, to: size, by: Int(Self.partSize)) {
        let range = start..<min(start + Self.partSize, size)
        parts.append(
          try await client.upload(part: parts.count + 1, of: upload, from: path, range: range))
      }
      _ = try await client.complete(upload, parts: parts, if: .absent)
    } catch {
      try? await client.abort(upload)
      throw error
    }
  }

  /// Removes what no copy goes on from any more.
  func remove(before number: Int, in history: StoredHistory) async throws {
    let old =
      history.changes.filter { $0.key < number }.values
      + history.snapshots.filter { $0.number < number }.map(\.object)
    try await withThrowingDiscardingTaskGroup { group in
      for object in old {
        group.addTask {
          try await client.remove(
            ObjectPlace(bucket: bucket, key: object.key), tag: nil, validity: nil)
        }
      }
    }
  }

  /// Gives up uploads of snapshots of those who died.
  func abortUploads() async throws {
    for upload in try await client.uploads(in: bucket, prefix: "\(folder)snapshot-") {
      try await client.abort(upload)
    }
  }

  /// Removes a snapshot that does not become the ledger.
  func remove(snapshot number: Int, digest: ExactText) async throws {
    try await client.remove(
      ObjectPlace(
        bucket: bucket, key: "\(folder)\(StoredHistory.snapshot(number, digest: digest))"),
      tag: nil, validity: nil)
  }

  private static func digest(of path: String) throws -> ExactText {
    let file = try FileHandle(forReadingFrom: URL(filePath: path))
    var digest = SHA256()
    while let bytes = try file.read(upToCount: 1 << 20), !bytes.isEmpty {
      bytes.withUnsafeBytes { digest.update($0) }
    }
    return ExactText(digest.finalize())
  }
}
