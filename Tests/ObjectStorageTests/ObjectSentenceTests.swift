import ObjectStorage
import PartitionPredicate
import Testing

/// The sentences that operators see.
@Suite("Sentences of object stores")
struct ObjectSentenceTests {
  static let sentences: [(error: ObjectError, sentence: String)] = [
    (.absent, "there is no such object"),
    (
      .noBucket("lake"),
      "There is no bucket lake at this endpoint. Check its name, and `endpoint:` below `stores:`."
    ),
    (.unmet, "another content is there than was expected"),
    (.noUpload, "the upload was aborted by somebody else"),
    (
      .lost(reason: "the connection was cut"),
      "the store's answer did not come (the connection was cut), so that the write may have been carried out"
    ),
    (
      .denied(operation: "read", place: "s3://lake/in/a", reason: "Access Denied"),
      "The credentials do not allow to read s3://lake/in/a: Access Denied. docs/guide/s3.md lists the permissions "
        + "that Dovetail needs."
    ),
    (
      .badCredentials(reason: "The key does not exist"),
      "The store refuses the credentials: The key does not exist. Check the key id and the secret of the profile or "
        + "the environment."
    ),
    (
      .expiredToken,
      "The session token of the credentials has expired. Sign in again (for a profile with SSO: `aws sso login`), "
        + "then run again."
    ),
    (
      .otherRegion(bucket: "lake", region: "eu-central-1"),
      "The bucket lake is in the region eu-central-1. Say so with `region:` below `stores:`."
    ),
    (
      .otherRegion(bucket: "lake", region: nil),
      "The bucket lake is in another region. Say so with `region:` below `stores:`."
    ),
    (
      .clockSkew(reason: "it is 10:00 there, and 12:00 here"),
      "The clock of this machine and the store's differ too much: it is 10:00 there, and 12:00 here. Set the clock, "
        + "then run again."
    ),
    (
      .tooLate, "the store got the request after the end of the time in which it was allowed"
    ),
    (
      .busy(status: 503, attempts: 8),
      "The store answered 503 8 times, the last time after the longest pause. Run again later; nothing is lost."
    ),
    (
      .unreachable(endpoint: "http://127.0.0.1:9", reason: "Connection refused"),
      "http://127.0.0.1:9 cannot be reached: Connection refused. Check `endpoint:` below `stores:` and the network, "
        + "then run again."
    ),
    (
      .unreadable(operation: "list", reason: "its XML is not as promised"),
      "The store's answer to list cannot be read: its XML is not as promised."
    ),
    (
      .failed(
        operation: "write", place: "s3://lake/a", status: 400, code: "KeyTooLongError",
        message: "Your key is too long"),
      "Cannot write s3://lake/a: the store answered 400 KeyTooLongError: Your key is too long"
    ),
    (.local(path: "/tmp/x", reason: "No space left on device"), "/tmp/x: No space left on device"),
    (.cancelled, "cancelled"),
  ]

  @Test("each error has its sentence", arguments: sentences.indices)
  func sentence(_ index: Int) {
    let (error, sentence) = Self.sentences[index]
    #expect(error.description == sentence)
  }
}
