package import IncrementalJoin
package import PartitionPredicate

/// Sends the requests of an output, each to its end: what a cancelled run has begun, it publishes.
package struct OutputRequests: Sendable {
  private let client: any ObjectClient

  package init(_ client: any ObjectClient) { self.client = client }

  /// Sends a request, also when the task is cancelled.
  package func send<Value: Sendable>(
    _ request: @escaping @Sendable (any ObjectClient) async throws(ObjectError) -> Value
  ) async throws(ObjectError) -> Value {
    let client = client
    return try await toItsEnd { () async throws(ObjectError) in try await request(client) }
  }

  /// Sends a request whose failure ends what the run is about.
  ///
  /// - Parameters:
  ///   - operation: What cannot be done when it fails, as in `read the marker`.
  ///   - place: With what.
  ///   - request: The request.
  /// - Returns: The answer.
  /// - Throws: `PublishError.system`.
  package func send<Value: Sendable>(
    to operation: String, _ place: some CustomStringConvertible,
    _ request: @escaping @Sendable (any ObjectClient) async throws(ObjectError) -> Value
  ) async throws(PublishError) -> Value {
    do throws(ObjectError) {
      return try await send(request)
    } catch {
      throw error.cannot(operation, place)
    }
  }

  /// Removes objects, 1,000 by a request where the store does so, else several at a time.
  ///
  /// - Parameters:
  ///   - keys: The objects'; one that is not there is no error.
  ///   - bucket: Where they are.
  ///   - lock: Each request may be carried out no longer than it is held.
  /// - Throws: `PublishError.system`; others may be gone then.
  package func remove(
    _ keys: [ExactText], in bucket: ExactText, while lock: ObjectLock
  ) async throws(PublishError) {
    for start in stride(from: 0, to: keys.count, by: 1000) {
      let batch = Array(keys[start..<min(start + 1000, keys.count)])
      let validity = try await lock.validity()
      do throws(ObjectError) {
        guard batch.count > 1, batch.allSatisfy(\.canStandInXML) else { throw .noBatches }
        try await send { client throws(ObjectError) in
          try await client.remove(batch, in: bucket, validity: validity)
        }
      } catch .noBatches {
        try await removeOneByOne(batch, in: bucket, validity)
      } catch {
        throw error.cannot("remove objects of", "s3://\(bucket)")
      }
    }
  }

  private func removeOneByOne(
    _ keys: [ExactText], in bucket: ExactText, _ validity: RequestValidity
  ) async throws(PublishError) {
    let failure = await withTaskGroup(of: PublishError?.self) { group in
      var failure: PublishError?
      for (index, key) in keys.enumerated() {
        if index >= 8, let error = await group.next() ?? nil { failure = error }
        if failure != nil { break }
        group.addTask {
          let place = ObjectPlace(bucket: bucket, key: key)
          do throws(PublishError) {
            try await send(to: "remove", place) { client throws(ObjectError) in
              try await client.remove(place, tag: nil, validity: validity)
            }
            return nil
          } catch {
            return error
          }
        }
      }
      for await error in group { failure = failure ?? error }
      return failure
    }
    if let failure { throw failure }
  }

  /// All objects whose keys begin so, in the order of their keys.
  package func objects(
    in bucket: ExactText, prefix: ExactText
  ) async throws(PublishError) -> [ObjectSummary] {
    var objects: [ObjectSummary] = []
    var next: ExactText?
    repeat {
      let after = next
      let page = try await send(to: "list", "s3://\(bucket)/\(prefix)") {
        client throws(ObjectError) in
        try await client.list(bucket, prefix: prefix, delimiter: false, start: nil, after: after)
      }
      objects += page.objects
      next = page.next
    } while next != nil
    return objects
  }

  /// The tag that an object of these parts will have.
  package func tag(of parts: [UploadedPart]) -> ExactText { client.tag(of: parts) }
}

/// Does something to its end, also when the task is cancelled.
package func toItsEnd<Value: Sendable, Failure: Error>(
  _ body: @escaping @Sendable () async throws(Failure) -> Value
) async throws(Failure) -> Value {
  let task = Task { () async -> Result<Value, Failure> in
    do throws(Failure) {
      return .success(try await body())
    } catch {
      return .failure(error)
    }
  }
  return try await task.value.get()
}

extension ObjectError {
  /// The error of an output: what could not be done with what.
  package func cannot(_ operation: String, _ place: some CustomStringConvertible) -> PublishError {
    .system(operation: operation, path: place.description, reason: reason)
  }
}

extension ExactText {
  /// Whether it consists of characters that XML has.
  fileprivate var canStandInXML: Bool {
    text.unicodeScalars.allSatisfy { scalar in
      scalar.value >= 0x20 && scalar.value != 0xFFFE && scalar.value != 0xFFFF
    }
  }
}
