public import Foundation
import NIOHTTP1
public import ObjectStorage
public import PartitionPredicate

extension S3Client: ObjectClient {
  /// One page of a bucket, by ListObjectsV2.
  public func list(
    _ bucket: ExactText, prefix: ExactText, delimiter: Bool, start: ExactText?, after: ExactText?
  ) async throws(ObjectError) -> ObjectPage {
    var request = S3Request(.GET, .list, ObjectPlace(bucket: bucket, key: ""))
    request.query = [
      ("list-type", "2"), ("encoding-type", "url"), ("max-keys", "1000"), ("prefix", prefix.text),
    ]
    if delimiter { request.query.append(("delimiter", "/")) }
    if let start { request.query.append(("start-after", start.text)) }
    if let after { request.query.append(("continuation-token", after.text)) }
    return try ListDocument(try await send(request).xml).page()
  }

  /// What an object is, by HEAD.
  public func head(_ place: ObjectPlace) async throws(ObjectError) -> ObjectFacts {
    var request = S3Request(.HEAD, .read, place)
    request.headers.append(("x-amz-checksum-mode", "ENABLED"))
    let answer: S3Answer
    do throws(ObjectError) {
      answer = try await send(request)
    } catch {
      switch error {
      case .denied, .failed:
        // The answer to a HEAD has no body that would say why; that to a GET has.
        var reading = S3Request(.GET, .read, place)
        reading.headers.append(("Range", "bytes=0-0"))
        _ = try await send(reading)
        throw error
      default: throw error
      }
    }
    guard let size = Int64(try answer.header("Content-Length", of: request)) else {
      throw .unreadable(operation: "read", reason: "its length is not a number")
    }
    return try answer.facts(size: size, of: request)
  }

  /// A small object, by GET.
  public func read(_ place: ObjectPlace) async throws(ObjectError) -> (
    content: Data, facts: ObjectFacts
  ) {
    let request = S3Request(.GET, .read, place)
    let answer = try await send(request, limit: 64 << 20)
    return (answer.body, try answer.facts(size: Int64(answer.body.count), of: request))
  }

  /// Writes a small object, by PUT.
  public func write(
    _ content: Data, to place: ObjectPlace, metadata: ObjectMetadata, if condition: WriteCondition
  ) async throws(ObjectError) -> ObjectFacts {
    var request = S3Request(.PUT, .write, place)
    request.headers = creation.creation
    request.add(metadata)
    request.require(condition)
    request.send(.data(content))
    let answer = try await send(request)
    return try request.carriedOut { () throws(ObjectError) in
      try answer.facts(size: Int64(content.count), metadata: metadata, of: request)
    }
  }

  /// Copies an object of 5 GiB at most, by CopyObject.
  public func copy(_ place: ObjectPlace, tag: ExactText, to other: ObjectPlace)
    async throws(ObjectError)
  {
    var request = S3Request(.PUT, .copy, other)
    request.headers = creation.creation
    request.copy(from: place, tag: tag)
    _ = try await send(request)
  }

  /// Removes an object, by DELETE.
  public func remove(_ place: ObjectPlace, tag: ExactText?, validity: RequestValidity?)
    async throws(ObjectError)
  {
    var request = S3Request(.DELETE, .remove, place)
    request.validity = validity
    if let tag { request.require(.tag(tag)) }
    do {
      _ = try await send(request)
    } catch .absent {
      return
    }
  }
}

extension S3Client {
  /// Removes objects, by DeleteObjects.
  public func remove(_ keys: [ExactText], in bucket: ExactText, validity: RequestValidity?)
    async throws(ObjectError)
  {
    var request = S3Request(.POST, .removeSeveral, ObjectPlace(bucket: bucket, key: ""))
    request.query = [("delete", "")]
    request.validity = validity
    request.send(.data(try RemovalDocument(keys).xml()))
    let answer: S3Answer
    do throws(ObjectError) {
      answer = try await send(request)
    } catch {
      if case .failed(_, _, let status, _, _) = error, [400, 405, 501].contains(status) {
        throw .noBatches
      }
      throw error
    }
    let refused = try answer.decoded(RemovalAnswer.self, of: request).error ?? []
    guard let first = refused.first(where: { $0.code.exact != "NoSuchKey" }) else { return }
    let place = "s3://\(bucket)/\(first.key)"
    if first.code.exact == "AccessDenied" {
      throw .denied(
        operation: S3Request.Operation.remove.rawValue, place: place,
        reason: first.message ?? first.code)
    }
    throw .failed(
      operation: S3Request.Operation.remove.rawValue, place: place, status: answer.status,
      code: first.code, message: first.message ?? "it says no more")
  }
}

extension S3Request {
  /// Reads the answer to a request that was carried out: what cannot be read of a write is as good as lost.
  func carriedOut<Value>(_ read: () throws(ObjectError) -> Value) throws(ObjectError) -> Value {
    do throws(ObjectError) {
      return try read()
    } catch {
      guard case .unreadable(_, let reason) = error, !isRepeatable else { throw error }
      throw .lost(reason: reason)
    }
  }

  /// Takes the content from another object, if it is still the one of a tag.
  mutating func copy(from place: ObjectPlace, tag: ExactText) {
    headers.append(("x-amz-copy-source", place.copySource))
    headers.append(("x-amz-copy-source-if-match", tag.quoted))
  }
}
