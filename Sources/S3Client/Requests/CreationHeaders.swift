import PartitionPredicate

/// What is said of each object that is made, and who pays for each request.
struct CreationHeaders: Sendable {
  /// Sent with every request.
  var always: [(name: String, value: String)] = []
  /// Sent when an object is written or copied, or an upload begun.
  var creation: [(name: String, value: String)] = []

  /// Translates the settings of a store.
  init(_ settings: S3Settings) {
    if settings.requesterPays { always.append(("x-amz-request-payer", "requester")) }
    if settings.sse != .none {
      creation.append(("x-amz-server-side-encryption", settings.sse.rawValue))
    }
    if let key = settings.kmsKey {
      creation.append(("x-amz-server-side-encryption-aws-kms-key-id", key.text))
    }
    if settings.ownerFullControl { creation.append(("x-amz-acl", "bucket-owner-full-control")) }
  }
}
