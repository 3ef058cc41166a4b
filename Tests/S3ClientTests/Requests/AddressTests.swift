import AWSAccess
import ObjectStorage
import PartitionPredicate
import Testing

@testable import S3Client

/// Where the requests for a bucket go.
@Suite("Addresses of buckets and objects")
struct AddressTests {
  private func target(
    _ bucket: ExactText, _ key: ExactText = "", endpoint: String? = nil,
    region: String = "eu-west-1",
    pathStyle: Bool? = nil
  ) throws -> String {
    let settings = S3Settings(
      endpoint: endpoint?.exact, region: region.exact, pathStyle: pathStyle)
    let configuration = try AWSConfiguration(
      profile: nil, environment: AWSEnvironment(["HOME": "/nowhere"]))
    let address = S3Address(try settings.endpoint(in: configuration))
    let target = address.target(of: ObjectPlace(bucket: bucket, key: key))
    return "\(target.scheme)://\(target.host)\(target.path) \(target.region)"
  }

  @Test("Amazon's endpoints have the bucket in the host")
  func virtualHost() throws {
    #expect(
      try target("lake", "in/a b") == "https://lake.s3.eu-west-1.amazonaws.com/in/a%20b eu-west-1")
    #expect(try target("lake") == "https://lake.s3.eu-west-1.amazonaws.com/ eu-west-1")
    #expect(
      try target("lake", "k", region: "cn-north-1")
        == "https://lake.s3.cn-north-1.amazonaws.com.cn/k cn-north-1")
  }

  @Test("a bucket with a dot stands in the path, since no certificate holds for it")
  func dots() throws {
    #expect(try target("my.lake", "k") == "https://s3.eu-west-1.amazonaws.com/my.lake/k eu-west-1")
  }

  @Test("other endpoints have the bucket in the path, unless told otherwise")
  func pathStyle() throws {
    let endpoint = "http://store.example:9000/"
    #expect(
      try target("lake", "k", endpoint: endpoint) == "http://store.example:9000/lake/k eu-west-1")
    #expect(try target("lake", endpoint: endpoint) == "http://store.example:9000/lake eu-west-1")
    #expect(
      try target("lake", "k", endpoint: endpoint, pathStyle: false)
        == "http://lake.store.example:9000/k eu-west-1")
    #expect(
      try target("lake", "k", endpoint: "https://store.example:443/s3")
        == "https://store.example/s3/lake/k eu-west-1")
  }

  @Test("an access point has a host and a region of its own")
  func accessPoints() throws {
    let point: ExactText = "arn:aws:s3:us-west-2:123456789012:accesspoint/etl"
    #expect(
      try target(point, "k")
        == "https://etl-123456789012.s3-accesspoint.us-west-2.amazonaws.com/k us-west-2")
    #expect(
      try target(point, "k", endpoint: "http://127.0.0.1:9000")
        == "http://etl-123456789012.127.0.0.1:9000/k us-west-2")
    #expect(ObjectPlace(bucket: point, key: "a b").copySource == "\(point)/object/a%20b")
    #expect(ObjectPlace(bucket: "lake", key: "ä//").copySource == "/lake/%C3%A4//")
  }
}
