import AWSAccess
import Foundation
import ObjectStorage
import PartitionPredicate

/// Where the requests of a store go: its endpoint, and how a bucket is named in a URL.
struct S3Address: Sendable {
  /// One request's way: what stands in its URL, and what its signature has to hold for.
  struct Target: Equatable, Sendable {
    let scheme: String
    /// With the port where it is not the scheme's own.
    let host: String
    /// Percent-encoded.
    let path: String
    let region: String
  }

  /// The endpoint as a URL, for people.
  let endpoint: String
  private let scheme: String
  private let host: String
  private let base: String
  private let region: String
  private let pathStyle: Bool

  /// Takes an endpoint, whose URL has a scheme and a host.
  init(_ endpoint: S3Endpoint) {
    let url = endpoint.url
    self.endpoint = url.absoluteString
    scheme = url.scheme?.exact.lowercased.text ?? "https"
    let ownPort = scheme.exact == "https" ? 443 : 80
    let port = url.port.flatMap { $0 == ownPort ? nil : ":\($0)" } ?? ""
    host = (url.host(percentEncoded: true) ?? "") + port
    let path = url.path(percentEncoded: true)
    base = path.exact.ends(with: "/") ? String(path.dropLast()) : path
    region = endpoint.region.text
    pathStyle = endpoint.pathStyle
  }

  /// The way to a bucket, or to an object if there is a key.
  ///
  /// - Parameter place: Its bucket may be the ARN of an access point, whose region then counts.
  /// - Returns: The way.
  func target(of place: ObjectPlace) -> Target {
    let key = "/" + place.key.percentEncoded(keepingSlashes: true)
    if let point = AccessPoint(arn: place.bucket) {
      let isAmazon = host.exact.contains(text: ".amazonaws.com")
      let server =
        isAmazon ? AWSConfiguration.host(of: "s3-accesspoint", region: point.region) : host
      return Target(
        scheme: scheme, host: "\(point.name)-\(point.account).\(server)", path: base + key,
        region: point.region)
    }
    // A certificate for *.host does not hold for two more parts.
    if pathStyle || scheme.exact == "https" && place.bucket.contains(text: ".") {
      let path = "\(base)/\(place.bucket.percentEncoded())" + (place.key.isEmpty ? "" : key)
      return Target(scheme: scheme, host: host, path: path, region: region)
    }
    return Target(
      scheme: scheme, host: "\(place.bucket.percentEncoded()).\(host)", path: base + key,
      region: region)
  }
}

/// An access point, `arn:aws:s3:region:account:accesspoint/name`, which stands for a bucket.
private struct AccessPoint {
  let region: String
  let account: String
  let name: String

  init?(arn: ExactText) {
    let parts = arn.replacing(every: "accesspoint/", with: "accesspoint:")
      .parts(separatedBy: ":", omittingEmpty: false)
    guard parts.count == 7, parts[0] == "arn", parts[2] == "s3", parts[5] == "accesspoint",
      !parts[6].isEmpty
    else { return nil }
    (region, account, name) = (parts[3].text, parts[4].text, parts[6].text)
  }
}

extension ObjectPlace {
  /// The place as the source of a copy.
  var copySource: String {
    let key = key.percentEncoded(keepingSlashes: true)
    return AccessPoint(arn: bucket) == nil
      ? "/\(bucket.percentEncoded())/\(key)" : "\(bucket)/object/\(key)"
  }
}
