import AWSAccess
import Foundation
import GlueCatalog
import IncrementalJoin
import PartitionPredicate
import Synchronization
import TestSupport
import Testing

@testable import GlueClient

/// What goes wrong with a call on its way.
struct GlueFaultTests {
  private func sentence(
    _ client: GlueClient, _ ask: (GlueClient) async throws -> Void
  ) async -> String? {
    await #expect(throws: CatalogError.self) { try await ask(client) }?.description
  }

  @Test func `a wrong key is told from a call that it may not make`() async throws {
    let bench = try await GlueBench()
    let table = try await bench.makeTable()
    for (key, secret) in [("test", "wrong"), ("nobody", "x")] {
      let client = try GlueClient(endpoint: bench.peer.endpoint, keyID: key, secret: secret)
      let error = await #expect(throws: CatalogError.self) {
        _ = try await client.databases(after: nil)
      }
      guard case .badCredentials = error else {
        Issue.record("\(key): \(error.debugDescription)")
        continue
      }
    }
    let reader = try GlueClient(endpoint: bench.peer.endpoint, keyID: "reader")
    #expect(try await reader.table(table.name).version == "1")
    #expect(
      await sentence(reader) {
        _ = try await $0.partitions(of: table.name, PartitionsRequest(), after: nil)
      }
        == "The credentials do not allow glue:GetPartitions on \(table.name): User: arn:aws:iam::123456789012:user/reader "
        + "is not authorized to perform: glue:GetPartitions. docs/guide/glue.md lists the permissions that Dovetail needs."
    )
  }

  @Test func `a busy catalog is asked again, and told of`() async throws {
    let bench = try await GlueBench()
    let table = try await bench.makeTable()
    let proxy = try FaultProxy(for: bench.peer)
    let busy = #"{"__type":"ThrottlingException","Message":"Rate exceeded"}"#
    proxy.set { _, count in count <= 2 ? .answered(busy, status: 400) : nil }
    let told = Mutex<[ExactText]>([])
    let client = try GlueClient(endpoint: proxy.endpoint) { sentence in
      told.withLock { $0.append(sentence.exact) }
    }
    #expect(try await client.table(table.name) == table)
    #expect(
      told.withLock { $0 } == [
        "Cannot ask Glue for GetTable of \(table.name) yet: Glue answered 400 ThrottlingException. Try 2 of 8 follows.",
        "Cannot ask Glue for GetTable of \(table.name) yet: Glue answered 400 ThrottlingException. Try 3 of 8 follows.",
      ])
    proxy.set { _, _ in .answered(busy, status: 400) }
    await #expect(throws: CatalogError.busy(status: 400, attempts: 8)) {
      _ = try await client.table(table.name)
    }
  }

  @Test func `a read whose answer is lost is repeated, and a write is not`() async throws {
    let bench = try await GlueBench()
    let table = try await bench.makeTable()
    let proxy = try FaultProxy(for: bench.peer)
    let client = try GlueClient(endpoint: proxy.endpoint)
    proxy.set { _, count in count == 1 ? .lost : nil }
    #expect(try await client.table(table.name) == table)
    for fault in [StoreFault.lost, .answered("<html>"), .answered("", status: 500)] {
      proxy.set { _, _ in fault }
      let error = await #expect(throws: CatalogError.self) {
        _ = try await client.create(
          [CatalogPartition(["1", "a"], in: table)], of: table.name, at: nil)
      }
      guard case .lost = error else {
        Issue.record("\(error.debugDescription)")
        continue
      }
      #expect(proxy.requests.count == 1)
    }
  }

  @Test func `what Glue did not get to is asked for again`() async throws {
    let bench = try await GlueBench()
    let table = try await bench.makeTable()
    _ = try await bench.client.create(
      [CatalogPartition(["1", "a"], in: table)], of: table.name, at: nil)
    let proxy = try FaultProxy(for: bench.peer)
    let open = #"{"Partitions":[],"UnprocessedKeys":[{"Values":["1","a"]}]}"#
    proxy.set { _, count in count == 1 ? .answered(open) : nil }
    let client = try GlueClient(endpoint: proxy.endpoint)
    let found = try await client.partitions(of: table.name, values: [["1", "a"], ["2", "a"]])
    #expect(found.map(\.values) == [["1", "a"]])
    #expect(proxy.requests.count == 2)
  }

  @Test func `a bookmark is read as Glue has it`() async throws {
    let proxy = try FaultProxy(for: try await S3Peer.shared(.glue))
    let client = try GlueClient(endpoint: proxy.endpoint)
    // Recorded from Glue; moto has no bookmarks.
    proxy.set { _, _ in
      .answered(
        #"{"JobBookmarkEntry":{"Attempt":0,"JobBookmark":"{\"a\":{}}","JobName":"tca","PreviousRunId":"jr_1","#
          + #""Run":3,"RunId":"jr_2","Version":4}}"#)
    }
    let entry = try await client.bookmark(of: "tca", run: "jr_2")
    #expect(
      entry
        == JobBookmarkEntry(
          job: "tca", version: 4, run: 3, attempt: 0, runID: "jr_2", previousRunID: "jr_1",
          bookmark: #"{"a":{}}"#))
    let body = try #require(proxy.requests.first?.body)
    #expect(body.exact.contains(text: #""RunId":"jr_2""#))
    proxy.set { _, _ in
      .answered(
        #"{"__type":"EntityNotFoundException","Message":"Continuation for job tca not found"}"#,
        status: 400)
    }
    await #expect(throws: CatalogError.noBookmark(job: "tca")) {
      _ = try await client.bookmark(of: "tca", run: nil)
    }
  }

  @Test func `another account's catalog is named in every call`() async throws {
    let bench = try await GlueBench()
    let proxy = try FaultProxy(for: bench.peer)
    let client = try GlueClient(
      settings: GlueSettings(endpoint: proxy.endpoint.exact, catalog: "123456789012"),
      environment: AWSEnvironment([
        "AWS_ACCESS_KEY_ID": "test", "AWS_SECRET_ACCESS_KEY": "testsecret", "HOME": "/nowhere",
      ]))
    _ = try await client.databases(after: nil)
    let link = CatalogName(catalog: "999999999999", database: bench.database, table: "t")
    _ = try? await client.table(link)
    let bodies = proxy.requests.map(\.body.exact)
    #expect(bodies.count == 2)
    #expect(bodies[0].contains(text: #""CatalogId":"123456789012""#))
    #expect(bodies[1].contains(text: #""CatalogId":"999999999999""#))
  }
}

/// What answers that are no success mean.
struct GlueRefusalTests {
  @Test(arguments: [
    ("ExpiredTokenException", "x", CatalogError.expiredToken),
    (
      "UnrecognizedClientException", "The security token is invalid.",
      .badCredentials(reason: "The security token is invalid.")
    ),
    ("com.amazonaws.glue#AlreadyExistsException", "x", .exists(name)),
    ("EntityNotFoundException", "Entity Not Found", .noTable(name)),
    ("EntityNotFoundException", "Database db not found.", .noDatabase("db")),
    (
      "AccessDeniedException", "Insufficient Lake Formation permission(s): Required Select on t",
      .denied(
        call: "glue:GetTable", resource: "db.t",
        reason: "Insufficient Lake Formation permission(s): Required Select on t")
    ),
    (
      "GlueEncryptionException:http://x", "no key",
      .failed(
        call: "glue:GetTable", resource: "db.t", code: "GlueEncryptionException",
        message: "no key")
    ),
  ])
  func refusal(type: String, message: String, expected: CatalogError) throws {
    let body = try JSONEncoder().encode(["__type": type, "message": message])
    let refusal = GlueRefusal(status: 400, type: nil, body: body)
    guard case .final(expected) = refusal.trouble(for: GlueCall("GetTable", of: Self.name)) else {
      Issue.record("\(refusal.trouble(for: GlueCall("GetTable", of: Self.name)))")
      return
    }
  }

  static let name = CatalogName(database: "db", table: "t")

  @Test func `without credentials it is told where they belong`() {
    #expect(
      CatalogError(AccessError.noCredentials(lookedFor: "the profile etl")).description
        == "No credentials for Glue were found in the profile etl. Set AWS_PROFILE, or `profile:` below "
        + "`glue:`.")
  }

  @Test func `without an endpoint the region is needed, and the variable of Glue's counts`() throws
  {
    let error = #expect(throws: CatalogError.self) {
      try GlueClient(settings: GlueSettings(), environment: AWSEnvironment(["HOME": "/nowhere"]))
    }
    #expect(
      error?.description
        == "Glue cannot be used: no region is set. Set AWS_REGION, the profile's `region`, or `region:` below `glue:`."
    )
    let bad = #expect(throws: CatalogError.self) {
      try GlueClient(
        settings: GlueSettings(),
        environment: AWSEnvironment(["HOME": "/nowhere", "AWS_ENDPOINT_URL_GLUE": "ftp://x"]))
    }
    #expect(
      bad?.description
        == "The endpoint of Glue cannot be used: it is not of the form https://host, without a query and a password."
    )
  }
}
