/// What is said of each object that is made, and who pays for each request.
struct CreationHeaders: Sendable {
  /// Sent with every request.
  var always: [(name: String, value: String)] = []
  /// Sent when an object is written or copied, or an upload begun.
  var creation: [(name: String, value: String)] = []

  /// Translates the settings of a store; nothing is said unless told otherwise.
  ///
  /// - Parameters:
  ///   - encryption: `AES256` or `aws:kms`; nil for the bucket's own.
  ///   - key: Of KMS; nil for the account's own.
  ///   - ownerFullControl: Whether the owner of the bucket gets all rights.
  ///   - requesterPays: Whether the requests are paid for by whom they come from.
  init(
    encryption: String? = nil, key: String? = nil, ownerFullControl: Bool = false,
    requesterPays: Bool = false
  ) {
    if requesterPays { always.append(("x-amz-request-payer", "requester")) }
    if let encryption { creation.append(("x-amz-server-side-encryption", encryption)) }
    if let key { creation.append(("x-amz-server-side-encryption-aws-kms-key-id", key)) }
    if ownerFullControl { creation.append(("x-amz-acl", "bucket-owner-full-control")) }
  }
}
