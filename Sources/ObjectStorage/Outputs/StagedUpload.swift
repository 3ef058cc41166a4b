import Foundation
import IncrementalJoin
import PartitionPredicate

/// What a run has uploaded for a partition, and not completed.
struct StagedUpload: Hashable, Sendable, Codable {
  /// What is needed of a part for the upload to be completed.
  struct Part: Hashable, Sendable, Codable {
    let tag: ExactText
    let checksum: ExactText?
  }

  /// The partition's path.
  let partition: ExactText
  /// The store's name of the upload.
  let id: ExactText
  /// In order.
  let parts: [Part]
  /// The tag that the object will have.
  let tag: ExactText
  let size: Int64
  /// When its file was written.
  let modified: Date

  /// The upload, at the place of the published partition.
  func upload(to place: ObjectPlace) -> ObjectUpload { ObjectUpload(place: place, id: id) }

  var uploadedParts: [UploadedPart] {
    parts.enumerated().map {
      UploadedPart(number: $0 + 1, tag: $1.tag, checksum: $1.checksum)
    }
  }

  var token: StoreToken { StoreToken(tag) }
}
