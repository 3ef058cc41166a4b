public import PartitionPredicate

/// A request to an object store, as a proxy sees it.
public struct StoreRequest: Sendable {
  /// What a request does.
  public enum Kind: String, Hashable, Sendable, CaseIterable {
    case list, uploads, head, get, put, copy, begin, part, copyPart, complete, abort, delete,
      deleteSeveral
    case other
  }

  /// GET, PUT and so on.
  public let method: String
  /// Path and query, percent-encoded.
  public let target: String
  /// With names in small letters.
  public let headers: [ExactText: String]
  /// Of its body.
  public let size: Int
  /// Its body as text, if it is a small one.
  public let body: String

  /// What it does, by its method and query.
  public var kind: Kind {
    let parts = target.exact.parts(separatedBy: "?", maxSplits: 1)
    let query = parts.count == 2 ? "&\(parts[1])".exact : ""
    let isPart = query.contains(text: "&partNumber=")
    let isOfUpload = query.contains(text: "&uploadId=")
    let isCopy = headers["x-amz-copy-source"] != nil
    return switch method {
    case "GET" where query.contains(text: "&list-type="): .list
    case "GET" where query.contains(text: "&uploads="): .uploads
    case "GET": .get
    case "HEAD": .head
    case "PUT" where isPart: isCopy ? .copyPart : .part
    case "PUT": isCopy ? .copy : .put
    case "POST" where query.contains(text: "&uploads="): .begin
    case "POST" where isOfUpload: .complete
    case "POST" where query.contains(text: "&delete="): .deleteSeveral
    case "DELETE": isOfUpload ? .abort : .delete
    default: .other
    }
  }
}

/// What goes wrong with a request on its way.
public enum StoreFault: Sendable {
  /// The store is not asked; this comes instead of its answer: a status with S3's word for it, and headers.
  case refused(Int, String, headers: [ExactText: String] = [:])
  /// The store is not asked, and this comes instead, with status 200 unless told otherwise.
  case answered(String, status: Int = 200)
  /// The store gets another last byte of the request's body.
  case damaged
  /// The connection is cut before the store is asked.
  case cutBefore
  /// The store carries it out, and the connection is cut before its answer.
  case lost
  /// The store carries it out, and this comes instead of its answer.
  case brokenAfter(Int, String)
  /// The connection is cut after so many bytes of the answer's body.
  case cutBody(after: Int)
  /// The answer's body comes in pieces of so many bytes, each one sent for itself.
  case slow(pieces: Int)
  /// The answer has these headers, in place of its own of these names, which are in small letters.
  case headed([ExactText: String])
  /// The answer's body is another one.
  case changed(@Sendable (String) -> String)
  /// The store is not asked, and nothing comes until the client gives up.
  case held
  /// This is done, and may take its time, before the store is asked.
  case before(@Sendable () -> Void)
  /// The store carries it out, and this is done before its answer is passed on.
  case after(@Sendable () -> Void)
}
