import Foundation
import IncrementalJoin
import PartitionPredicate

extension DeclarationReader {
  private static let storeKeys = [
    "buckets", "endpoint", "region", "path_style", "profile", "sse", "kms_key",
    "owner_full_control",
    "requester_pays",
  ]

  /// Reads `stores:`, each with its own buckets.
  mutating func stores(of field: DeclaredField?) -> [ObjectStoreDefinition] {
    guard let field, field.value.kind != .nothing else { return [] }
    var stores: [ObjectStoreDefinition] = []
    var buckets: [(name: ExactText, position: Position)] = []
    var rest: Position?
    for entry in entries(of: field, naming: .store) {
      guard let (store, own) = store(entry) else { continue }
      for bucket in own {
        if let other = buckets.first(where: { $0.name == bucket.value.exact }) {
          report(.store(.bucketOfTwo(bucket.value, line: other.position.line)), at: bucket.position)
        }
        buckets.append((bucket.value.exact, bucket.position))
      }
      if own.isEmpty, let rest {
        report(.store(.allBucketsOfTwo(line: rest.line)), at: entry.namePosition)
      }
      if own.isEmpty { rest = rest ?? entry.namePosition }
      stores.append(store)
    }
    return stores
  }

  /// Reads `ledger:`, a place in a bucket; without it the ledger lies beside the file.
  mutating func ledger(of field: DeclaredField?) -> Located<DeclaredLocation>? {
    guard let text = text(of: field), let location = location(of: field, isOutput: true) else {
      return nil
    }
    guard location.value.location.scheme == "s3" else {
      report(.store(.ledgerInFolder(text.value)), at: text.position)
      return nil
    }
    return location
  }

  private mutating func store(_ entry: DeclaredField) -> (ObjectStoreDefinition, [Located<String>])?
  {
    reportSecrets(in: entry)
    guard
      let fields = fields(
        of: entry, in: .store(entry.name), at: entry.namePosition, required: ["type"],
        optional: Self.storeKeys)
    else { return nil }
    var store = ObjectStoreDefinition(name: entry.name)
    if let type = text(of: fields["type"]), type.value.exact != "s3" {
      report(
        .unknownWord(key: "type", type.value, near: nil, allowed: ["s3"]), at: type.position)
    }
    let buckets = fields["buckets"].flatMap { names(of: $0, naming: .bucket) } ?? []
    store.buckets = buckets.map(\.value.exact)
    store.endpoint = endpoint(of: fields["endpoint"])
    store.region = text(of: fields["region"])?.value
    store.profile = text(of: fields["profile"])?.value
    store.usesPathStyle = flag(of: fields["path_style"])
    if let encryption = word(
      of: fields["sse"], default: ObjectStoreDefinition.Encryption.none, noun: "sse")
    {
      store.encryption = encryption
      if let key = text(of: fields["kms_key"]) {
        store.kmsKey = key.value
        if encryption != .kms { report(.store(.keyWithoutKMS), at: key.position) }
      }
    }
    store.givesOwnerFullControl = flag(of: fields["owner_full_control"]) ?? false
    store.paysForRequests = flag(of: fields["requester_pays"]) ?? false
    return (store, buckets)
  }

  /// The URL of a server.
  mutating func endpoint(of field: DeclaredField?) -> String? {
    guard let endpoint = text(of: field) else { return nil }
    let url = URLComponents(string: endpoint.value)
    if url?.user != nil || url?.password != nil {
      report(.store(.secret(key: "endpoint")), at: endpoint.position)
    } else if let url, ["http", "https"].contains(url.scheme), url.host?.isEmpty == false,
      ["", "/"].contains(url.path), url.query == nil
    {
      return endpoint.value
    } else {
      report(.store(.noURL(endpoint.value)), at: endpoint.position)
    }
    return nil
  }

  /// Reports keys that look like credentials, which deserve more than "unknown key".
  mutating func reportSecrets(in entry: DeclaredField) {
    for (key, _) in entry.value.pairs {
      guard let name = key.text?.exact.lowercased,
        ["access_key", "secret", "token", "password"].contains(where: {
          name.contains(text: ExactText($0))
        })
      else { continue }
      report(.store(.secret(key: name.text)), at: key.position)
    }
  }
}
