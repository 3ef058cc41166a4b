import CPOSIX
import Foundation
import ObjectStorage
import PartitionPredicate
import Synchronization
import Workspace

#if S3
  import S3Client
#endif

/// The clients of a workspace's object stores, each made on first use of one of its buckets.
final class ObjectClients: Sendable {
  private let stores: [ObjectStoreDefinition]
  private let clients = Mutex<[ExactText: any ObjectClient]>([:])

  init(of stores: [ObjectStoreDefinition]) { self.stores = stores }

  /// The client of the store that has a bucket: a store that names it, otherwise the one that names none, otherwise
  /// AWS.
  ///
  /// - Throws: `ObjectError` when the configuration cannot be used.
  func client(of bucket: ExactText) throws(ObjectError) -> any ObjectClient {
    let store =
      stores.first { $0.buckets.contains(bucket) } ?? stores.first { $0.buckets.isEmpty }
      ?? ObjectStoreDefinition(name: "")
    return try clients.withLock { clients throws(ObjectError) in
      if let client = clients[store.name.exact] { return client }
      let client = try Self.client(of: store)
      clients[store.name.exact] = client
      return client
    }
  }

  #if S3
    private static func client(
      of store: ObjectStoreDefinition
    ) throws(ObjectError) -> any ObjectClient {
      let settings = S3Settings(
        endpoint: store.endpoint?.exact, region: store.region?.exact,
        pathStyle: store.usesPathStyle, profile: store.profile?.exact,
        sse: S3Settings.Encryption(rawValue: store.encryption.rawValue) ?? .none,
        kmsKey: store.kmsKey?.exact, ownerFullControl: store.givesOwnerFullControl,
        requesterPays: store.paysForRequests)
      let notices = RetryNotices()
      // Its credentials are kept in memory.
      _ = system_forbid_core_dumps()
      return try S3Client(settings: settings) { sentence in
        if notices.isDue() { StandardError.write("dovetail: \(sentence)") }
      }
    }
  #else
    private static func client(
      of store: ObjectStoreDefinition
    ) throws(ObjectError) -> any ObjectClient {
      throw .notBuilt
    }
  #endif
}

/// Lets one notice through per second: when a store is busy, hundreds of requests are retried.
final class RetryNotices: Sendable {
  private let last = Mutex<ContinuousClock.Instant?>(nil)

  /// Whether a notice may pass, because the last one was at least a second ago; if so, records it.
  func isDue() -> Bool {
    last.withLock { last in
      let now = ContinuousClock.now
      if let last, now - last < .seconds(1) { return false }
      last = now
      return true
    }
  }
}
