import IncrementalJoin
import PartitionPredicate
import TestSupport
import Testing
import Workspace

/// What `stores:` and places in buckets say.
@Suite("Object stores in dovetail.yaml")
struct StoreTests {
  private static let tables = """
    tables:
      flights: { location: "s3://lake/flights/", partitions: { day: date } }
      weather: { location: data/weather, partitions: { day: date } }
    jobs:
      joined:
        inputs: [flights, weather]
        join: { on: [origin] }
        output: { location: "s3://lake/joined" }

    """

  @Test
  func `tables and outputs may lie in buckets, beside folders`() throws {
    let workspace = try TemporaryFolder().load(Self.tables)
    #expect(workspace.stores == [])
    #expect(workspace.tables[0].location == Location(scheme: "s3", root: "lake/flights"))
    #expect(workspace.tables[1].location.scheme == "file")
    let output = workspace.jobs[0].output.location
    #expect("\(output)" == "s3://lake/joined")
    #expect("\(output.hiddenFolder)" == "s3://lake/.joined.dovetail")
  }

  @Test
  func `a store says where its buckets are and how they are written`() throws {
    let workspace = try TemporaryFolder().load(
      """
      stores:
        lake:
          type: s3
          buckets: [lake, "lake-2"]
          endpoint: http://127.0.0.1:9000
          region: eu-central-1
          path_style: true
          profile: etl
          sse: aws:kms
          kms_key: alias/lake
          owner_full_control: true
          requester_pays: true
        rest: { type: s3 }

      """ + Self.tables)
    let (lake, rest) = (workspace.stores[0], workspace.stores[1])
    #expect(lake.buckets == ["lake", "lake-2"] && lake.endpoint == "http://127.0.0.1:9000")
    #expect(lake.region == "eu-central-1" && lake.usesPathStyle == true && lake.profile == "etl")
    #expect(lake.encryption == .kms && lake.kmsKey == "alias/lake")
    #expect(lake.givesOwnerFullControl && lake.paysForRequests)
    #expect(rest.buckets == [] && rest.endpoint == nil && rest.encryption == .none)
  }

  @Test
  func `outputs in a bucket overlap as folders do`() throws {
    let complaint = try TemporaryFolder().complaint(
      about: Self.tables.exact.replacing(
        every: "s3://lake/joined", with: "s3://lake/flights/joined"
      ).text)
    #expect(
      complaint.exact.contains(
        text: "the output location is inside the location of table flights"))
  }

  @Test
  func `credentials are told to stay away, by name and in a URL`() throws {
    for (key, name) in [
      ("access_key: AKIA", "access_key"), ("aws_secret_access_key: x", "aws_secret_access_key"),
      ("session_token: x", "session_token"), ("endpoint: http://me:pass@host", "endpoint"),
    ] {
      let complaint = try TemporaryFolder().complaint(
        about: "stores:\n  lake: { type: s3, \(key) }\n" + Self.tables)
      #expect(
        complaint.exact.contains(text: "\(name): credentials do not belong into this file"),
        "\(complaint)")
    }
  }

  @Test
  func `what cannot be meant is said with what to write`() throws {
    for (store, sentence, hint) in [
      (
        "{ type: s3, endpoint: ¦127.0.0.1:9000 }",
        "endpoint: \"127.0.0.1:9000\" is not the URL of a server",
        "write the scheme and the host, and a port where there is one: http://127.0.0.1:9000."
      ),
      (
        "{ type: s3, kms_key: ¦alias/lake }", "kms_key: means nothing without sse: aws:kms",
        "write sse: aws:kms, or leave kms_key out."
      ),
      (
        "{ type: ¦gcs }", "\"gcs\" is not a known type", "choose s3."
      ),
      (
        "{ type: s3, sse: ¦KMS }", "\"KMS\" is not a known sse", "choose none, AES256 or aws:kms."
      ),
    ] {
      try MarkedMistake(store, sentence, hint).check(
        in: "stores:\n  lake: \(store)\n" + Self.tables)
    }
  }

  @Test
  func `a bucket belongs to one store`() throws {
    for (other, sentence) in [
      ("{ type: s3, buckets: [lake] }", "bucket \"lake\" belongs to the store in line 2 already"),
      ("{ type: s3 }", ""),
    ] {
      let complaint = try TemporaryFolder().complaint(
        about: "stores:\n  a: { type: s3, buckets: [lake] }\n  b: \(other)\n" + Self.tables)
      #expect(
        sentence.isEmpty ? complaint.isEmpty : complaint.exact.contains(text: ExactText(sentence)),
        "\(complaint)")
    }
    let complaint = try TemporaryFolder().complaint(
      about: "stores:\n  a: { type: s3 }\n  b: { type: s3 }\n" + Self.tables)
    #expect(complaint.exact.contains(text: "the store in line 2 has no buckets: either"))
  }
}
