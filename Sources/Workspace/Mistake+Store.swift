import IncrementalJoin

/// What is wrong with a store.
public enum StoreProblem: Hashable, Sendable {
  /// Credentials, or something that looks like them.
  case secret(key: String)
  case noURL(String)
  /// A KMS key although `sse:` does not request KMS.
  case keyWithoutKMS
  case bucketOfTwo(String, line: Int)
  /// A ledger whose location is not in a bucket.
  case ledgerInFolder(String)
  /// A ledger inside a table or an output, or around one.
  case ledgerAmongData(line: Int)
  /// Two stores without `buckets:`.
  case allBucketsOfTwo(line: Int)
}

extension StoreProblem {
  /// What is wrong, without position and advice.
  var sentence: String {
    switch self {
    case .secret(let key): "\(key.printable): credentials do not belong into this file"
    case .noURL(let text): "endpoint: \(text.quoted) is not the URL of a server"
    case .keyWithoutKMS: "kms_key: means nothing without sse: aws:kms"
    case .bucketOfTwo(let bucket, let line):
      "bucket \(bucket.quoted) belongs to the store in line \(line) already"
    case .ledgerInFolder(let text): "ledger: \(text.quoted) is not a place in a bucket"
    case .ledgerAmongData(let line):
      "the ledger and the location in line \(line) are inside each other"
    case .allBucketsOfTwo(let line):
      "the store in line \(line) has no buckets: either, so that nothing says which store a bucket belongs to"
    }
  }

  /// What to write instead.
  var hint: String {
    switch self {
    case .secret:
      "take it out, and change it if the file was shared; set AWS_PROFILE or write profile:, and keep the credentials where "
        + "AWS's tools look for them."
    case .noURL:
      "write the scheme and the host, and a port where there is one: http://127.0.0.1:9000."
    case .keyWithoutKMS: "write sse: aws:kms, or leave kms_key out."
    case .bucketOfTwo: "name it at one of the two."
    case .ledgerInFolder:
      "leave it out, and the ledger lies beside this file; or write such as ledger: s3://lake/state/flights."
    case .ledgerAmongData: "give the ledger a place of its own: s3://lake/state/flights."
    case .allBucketsOfTwo: "write at one of the two which it has: buckets: [lake]."
    }
  }
}
