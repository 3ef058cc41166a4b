import Foundation
import PartitionPredicate
import Synchronization
import TestSupport
import Testing

@testable import AWSAccess

/// When credentials are renewed; a container's service gives them, and says how long they hold.
struct CredentialsProviderTests {
  /// A clock, and what the service has given.
  private final class World: Sendable {
    let now = Mutex(Date(timeIntervalSince1970: 1_000_000))
    let given = Mutex(0)
    let isDown = Mutex(false)

    /// Credentials of an hour from now on, called by their number: `KEY1`.
    func answer(_ request: LoopbackServer.Request) -> LoopbackServer.Answer {
      guard !isDown.withLock({ $0 }) else { return .init(status: 500) }
      let number = given.withLock {
        $0 += 1; return $0
      }
      let end = now.withLock { $0 + 3600 }.formatted(.iso8601)
      return .init(
        body:
          #"{"AccessKeyId":"KEY\#(number)","SecretAccessKey":"hidden","Token":"t","Expiration":"\#(end)"}"#
      )
    }

    func pass(_ seconds: TimeInterval) { now.withLock { $0 += seconds } }
  }

  private let world = World()

  private func provider(_ server: LoopbackServer) throws -> CredentialsProvider {
    let world = world
    return CredentialsProvider(
      environment: try AWSHome().environment(["AWS_CONTAINER_CREDENTIALS_FULL_URI": server.url]),
      now: { world.now.withLock { $0 } })
  }

  @Test func `they are used until five minutes before their end`() async throws {
    let server = try await LoopbackServer { [world] in world.answer($0) }
    let provider = try provider(server)
    #expect(try await provider.credentials().keyID.exact == "KEY1")
    world.pass(3299)
    #expect(try await provider.credentials().keyID.exact == "KEY1")
    world.pass(1)
    #expect(try await provider.credentials().keyID.exact == "KEY2")
    #expect(try await provider.credentials().keyID.exact == "KEY2")
    #expect(server.requests.count == 2)
  }

  @Test func `many who ask wait for one request`() async throws {
    let world = world
    let (opened, open) = AsyncStream.makeStream(of: Void.self)
    let server = try await LoopbackServer { request in
      guard request.uri.exact != "/mark" else { return .init() }
      for await _ in opened { break }
      return world.answer(request)
    }
    let provider = try provider(server)
    let keys = try await withThrowingTaskGroup(of: String.self) { group in
      for _ in 0..<100 { group.addTask { try await provider.credentials().keyID } }
      while await provider.askers < 100 { await Task.yield() }
      while server.requests.isEmpty { await Task.yield() }
      // Others that were sent before have come when this one has.
      _ = try await CredentialsRequest(url: "\(server.url)/mark").send(AWSHome().configuration())
      open.yield()
      return try await group.reduce(into: [String]()) { $0.append($1) }
    }
    #expect(keys.count == 100 && keys.allSatisfy { $0.exact == "KEY1" })
    #expect(server.requests.map(\.uri.exact) == ["/", "/mark"])
  }

  @Test func `while a renewal fails the old ones are used as long as they hold`() async throws {
    let server = try await LoopbackServer { [world] in world.answer($0) }
    let provider = try provider(server)
    _ = try await provider.credentials()
    world.isDown.withLock { $0 = true }
    world.pass(3400)
    #expect(try await provider.credentials().keyID.exact == "KEY1")
    #expect(try await provider.credentials().keyID.exact == "KEY1")
    #expect(server.requests.count == 2, "not asked again at once")
    world.pass(30)
    #expect(try await provider.credentials().keyID.exact == "KEY1")
    #expect(server.requests.count == 3)
    world.pass(170)
    await #expect(throws: AccessError.self) { try await provider.credentials() }
    world.isDown.withLock { $0 = false }
    #expect(try await provider.credentials().keyID.exact == "KEY2")
  }

  @Test func `refused ones are forgotten, but not their successors`() async throws {
    let server = try await LoopbackServer { [world] in world.answer($0) }
    let provider = try provider(server)
    let first = try await provider.credentials()
    await provider.forget(first)
    #expect(try await provider.credentials().keyID.exact == "KEY2")
    await provider.forget(first)
    #expect(try await provider.credentials().keyID.exact == "KEY2")
  }

  @Test func `who is cancelled waits no longer, and who remains gets them`() async throws {
    let world = world
    let (opened, open) = AsyncStream.makeStream(of: Void.self)
    let server = try await LoopbackServer { request in
      for await _ in opened { break }
      return world.answer(request)
    }
    let provider = try provider(server)
    let leaving = Task { try await provider.credentials() }
    let staying = Task { try await provider.credentials() }
    while await provider.askers < 2 { await Task.yield() }
    leaving.cancel()
    await #expect(throws: AccessError.cancelled) { try await leaving.value }
    open.yield()
    #expect(try await staying.value.keyID.exact == "KEY1")
  }

  @Test func `the last who is cancelled ends the renewal, and the next begins another`()
    async throws
  {
    let world = world
    let isOpen = Mutex(false)
    let server = try await LoopbackServer { request in
      isOpen.withLock { $0 } ? world.answer(request) : nil
    }
    let provider = try provider(server)
    let asking = Task { try await provider.credentials() }
    while server.requests.isEmpty { await Task.yield() }
    asking.cancel()
    await #expect(throws: AccessError.cancelled) { try await asking.value }
    isOpen.withLock { $0 = true }
    #expect(try await provider.credentials().keyID.exact == "KEY1")
  }

  @Test func `a changed file is read by the next renewal`() async throws {
    let home = try AWSHome(
      credentials: "[default]\naws_access_key_id = A\naws_secret_access_key = x")
    let provider = CredentialsProvider(environment: home.environment())
    let first = try await provider.credentials()
    #expect(first.keyID.exact == "A")
    try home.folder.write(
      "[default]\naws_access_key_id = B\naws_secret_access_key = x", to: ".aws/credentials")
    #expect(try await provider.credentials().keyID.exact == "A")
    await provider.forget(first)
    #expect(try await provider.credentials().keyID.exact == "B")
  }
}
