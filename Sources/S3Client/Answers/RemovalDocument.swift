import Foundation
import ObjectStorage
import PartitionPredicate
import XMLCoder

/// What DeleteObjects is sent.
struct RemovalDocument: Encodable {
  struct Object: Encodable {
    let key: String
  }

  let object: [Object]
  /// Only what could not be removed is answered.
  let quiet = true

  init(_ keys: [ExactText]) { object = keys.map { Object(key: $0.text) } }

  /// The document.
  ///
  /// - Throws: `ObjectError.unreadable`.
  func xml() throws(ObjectError) -> Data {
    let encoder = XMLEncoder()
    encoder.keyEncodingStrategy = .capitalized
    do {
      return try encoder.encode(self, withRootKey: "Delete")
    } catch {
      throw .unreadable(
        operation: S3Request.Operation.removeSeveral.rawValue, reason: "\(error)")
    }
  }
}

/// What DeleteObjects answers: the keys that could not be removed.
struct RemovalAnswer: Decodable {
  struct Failure: Decodable {
    let key: String
    let code: String
    let message: String?
  }

  let error: [Failure]?
}
