import Foundation
public import IncrementalJoin
public import ObjectStorage
public import PartitionPredicate
import Synchronization

/// A process that writes an output over the network, as a test ends it: from one of its requests on nothing of it gets
/// through, and its lease expires.
public struct MortalWriter: Sendable {
  private let proxies: [FaultProxy]
  private let isLastCarriedOut: Bool
  private let lease: ObjectPlace
  private let store: any ObjectClient

  /// Names what the writer uses.
  ///
  /// - Parameters:
  ///   - proxies: In front of everything that it sends requests to.
  ///   - isLastCarriedOut: Whether its last request is carried out, and only the answer does not come.
  ///   - output: What it writes.
  ///   - store: Reaches the object store past the proxies.
  public init(
    through proxies: [FaultProxy], isLastCarriedOut: Bool, writing output: OutputDefinition,
    _ store: any ObjectClient
  ) {
    self.proxies = proxies
    self.isLastCarriedOut = isLastCarriedOut
    let hidden = ObjectPlace(folder: output.location.hiddenFolder)
    lease = ObjectPlace(bucket: hidden.bucket, key: "\(hidden.key)lease.json")
    self.store = store
  }

  /// Publishes, and dies at a request.
  ///
  /// - Parameters:
  ///   - steps: How many requests pass before.
  ///   - publish: What it does.
  /// - Returns: False where there are no more requests than that.
  /// - Throws: What publishing throws before that, or what reading and writing the lease object throws.
  public func dies(
    after steps: Int, _ publish: () async throws -> Void
  ) async throws -> Bool {
    let seen = Mutex(0)
    let isLastCarriedOut = isLastCarriedOut
    for proxy in proxies {
      proxy.set { _, _ in
        let number = seen.withLock { count in
          count += 1
          return count
        }
        if number <= steps { return nil }
        return number == steps + 1 && isLastCarriedOut ? .lost : .cutBefore
      }
    }
    defer { for proxy in proxies { proxy.set { _, _ in nil } } }
    do {
      try await publish()
      return false
    } catch {
      // What fails before it dies is a failure.
      guard seen.withLock({ $0 }) > steps else { throw error }
      try await expireLease()
      return true
    }
  }

  /// Lets the lease object say that its time is over, as it does some time after its holder has died.
  private func expireLease() async throws {
    let content = try await store.read(lease).content
    var record = try JSONSerialization.jsonObject(with: content) as? [String: Any] ?? [:]
    record["until"] = 0
    _ = try await store.write(
      try JSONSerialization.data(withJSONObject: record), to: lease, metadata: [:], if: .always)
  }
}

extension ObjectClient {
  /// The texts of the objects below a prefix, in the order of their keys, with `+` between; nil where there is none.
  public func texts(_ bucket: ExactText, prefix: ExactText) async throws -> String? {
    let page = try await list(bucket, prefix: prefix, delimiter: false, start: nil, after: nil)
    var texts: [ExactText] = []
    for object in page.objects {
      let content = try await read(ObjectPlace(bucket: bucket, key: object.key)).content
      texts.append(String(decoding: content, as: UTF8.self).exact)
    }
    return texts.isEmpty ? nil : texts.joined(separator: "+").text
  }
}
