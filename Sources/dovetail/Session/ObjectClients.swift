import Foundation
import ObjectStorage
import PartitionPredicate
import Synchronization
import Workspace

#if S3
  import S3Client
#endif

/// The clients of a workspace's object stores, each made when a bucket of it is first asked for.
final class ObjectClients: Sendable {
  private let stores: [ObjectStoreDefinition]
  private let clients = Mutex<[String?: any ObjectClient]>([:])  // characters: names are ASCII

  init(of stores: [ObjectStoreDefinition]) { self.stores = stores }

  /// The client of the store in which a bucket lies: one that names it, else the one that names none, else AWS.
  ///
  /// - Throws: `ObjectError` when what is configured cannot be used.
  func client(of bucket: ExactText) throws(ObjectError) -> any ObjectClient {
    let store =
      stores.first { $0.buckets.contains(bucket) } ?? stores.first { $0.buckets.isEmpty }
    return try clients.withLock { clients throws(ObjectError) in
      if let client = clients[store?.name] { return client }
      let client = try Self.make(store)
      clients[store?.name] = client
      return client
    }
  }

  #if S3
    private static func make(_ store: ObjectStoreDefinition?) throws(ObjectError) -> any ObjectClient {
      try S3Client(S3Settings(store))
    }
  #else
    private static func make(_ store: ObjectStoreDefinition?) throws(ObjectError) -> any ObjectClient {
      throw .notBuilt
    }
  #endif
}
