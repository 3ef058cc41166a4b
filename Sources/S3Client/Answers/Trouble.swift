import AWSAccess
import Foundation
import ObjectStorage
import PartitionPredicate

/// Why one try of a request brought nothing.
typealias S3Trouble = Trouble<ObjectError>

/// An answer that is no success, as far as it could be read.
struct Refusal {
  let status: Int
  /// The store's word for it; empty where the body has none, as that of a HEAD.
  var code: ExactText = ""
  var message = ""
  /// Where the bucket lies, if the answer says so.
  var region: String?
  /// What the store's clock showed.
  var date: String?

  /// What it means for a request.
  func trouble(for request: S3Request) -> S3Trouble {
    switch code {
    case "SlowDown", "ServiceUnavailable", "Throttling", "ThrottlingException",
      "RequestLimitExceeded", "TooManyRequests", "RequestTimeout":
      return passing(isDone: false)
    case "BadDigest", "XAmzContentSHA256Mismatch", "XAmzContentChecksumMismatch",
      "IncompleteBody":
      // Not what was sent has arrived: the store keeps nothing of it.
      return passing(isDone: false)
    case "ConditionalRequestConflict", "OperationAborted":
      // An upload has to be begun again, which is for the one who staged it.
      return request.operation == .complete ? .final(.unmet) : passing(isDone: false)
    case "InternalError": return passing(isDone: true)
    default: break
    }
    switch status {
    case 429: return passing(isDone: false)
    case 500, 502, 503, 504: return passing(isDone: true)
    default: return .final(error(for: request))
    }
  }

  private func passing(isDone: Bool) -> S3Trouble {
    .passing(
      reason: "the store answered \(words)", isDone: isDone,
      error: .busy(status: status, attempts: 0))
  }

  private var words: String { code.isEmpty ? "\(status)" : "\(status) \(code)" }

  private func error(for request: S3Request) -> ObjectError {
    let bucket = request.place.bucket
    let reason = message.isEmpty ? words : message
    switch code {
    case "PreconditionFailed": return .unmet
    case "NoSuchUpload": return .noUpload
    case "NoSuchBucket", "InvalidBucketName": return .noBucket(bucket)
    case "ExpiredToken", "ExpiredTokenException", "TokenRefreshRequired": return .expiredToken
    case "InvalidAccessKeyId", "SignatureDoesNotMatch", "InvalidToken", "InvalidSecurity":
      return .badCredentials(reason: reason)
    case "AuthorizationHeaderMalformed" where region == nil:
      return .badCredentials(reason: reason)
    case "PermanentRedirect", "TemporaryRedirect", "AuthorizationHeaderMalformed",
      "IllegalLocationConstraintException":
      return .otherRegion(bucket: bucket, region: region)
    case "RequestTimeTooSkewed":
      return .clockSkew(
        reason: "it is \(date ?? "another time") there, and \(Date.now.formatted(.iso8601)) here")
    default: break
    }
    if (301...308).contains(status), region != nil {
      return .otherRegion(bucket: bucket, region: region)
    }
    switch status {
    case 404:
      if let condition = request.condition, condition != .always { return .unmet }
      return request.operation == .complete ? .noUpload : .absent
    case 412: return .unmet
    case 401, 403:
      // AWS and SeaweedFS say it in these words, and without a code of its own.
      if request.validity != nil, message.exact.contains(text: "expired") { return .tooLate }
      return .denied(
        operation: request.operation.rawValue, place: request.name, reason: reason)
    default:
      return .failed(
        operation: request.operation.rawValue, place: request.name, status: status, code: code.text,
        message: message.isEmpty ? "it says no more" : message)
    }
  }
}

extension S3Request {
  /// Where it goes, for people.
  var name: String {
    place.key.isEmpty ? "the bucket \(place.bucket)" : place.description
  }
}
