public import Foundation
public import PartitionPredicate

/// Gives the credentials of a profile or of the environment, and renews them before they expire.
public actor CredentialsProvider {
  /// How long before their end credentials are renewed.
  private static let margin: TimeInterval = 300
  /// How long credentials that still hold are used before they are renewed again.
  private static let pause: TimeInterval = 30

  private let profile: ExactText?
  private let environment: AWSEnvironment
  private let now: @Sendable () -> Date

  private var current: Credentials?
  private var nextRenewal = Date.distantPast
  private var renewal: Task<Void, Never>?
  private var waiting: [UUID: AsyncStream<Result<Credentials, AccessError>>.Continuation] = [:]

  /// Creates a provider; nothing is read or asked before somebody asks it.
  ///
  /// - Parameters:
  ///   - profile: Goes before the variables of the environment; nil for the order of AWS's tools.
  ///   - environment: Where everything is looked for.
  ///   - now: The clock.
  public init(
    profile: ExactText? = nil, environment: AWSEnvironment = AWSEnvironment(),
    now: @escaping @Sendable () -> Date = { Date() }
  ) {
    self.profile = profile
    self.environment = environment
    self.now = now
  }

  /// Credentials that hold.
  ///
  /// Many who ask at once wait for one renewal. Where it fails, the old ones are given as long as they hold.
  ///
  /// - Throws: `AccessError`: `.noCredentials`, `.expiredToken`, `.misconfigured`, `.unreachable`, `.unreadable`,
  ///   `.local`, `.cancelled`.
  public func credentials() async throws(AccessError) -> Credentials {
    if let current, !isDue(current) { return current }
    let id = UUID()
    let (answers, answer) = AsyncStream.makeStream(of: Result<Credentials, AccessError>.self)
    waiting[id] = answer
    if renewal == nil { renewal = Task { await self.renew() } }
    for await result in answers { return try result.get() }
    // Only its own cancellation ends the wait of a task.
    waiting[id] = nil
    if waiting.isEmpty { renewal?.cancel() }
    throw .cancelled
  }

  /// Forgets credentials that a store has refused, so that the next who asks gets others, if there are.
  public func forget(_ refused: Credentials) {
    if current?.keyID.exact == refused.keyID.exact { current = nil }
  }

  /// How many wait for a renewal.
  var askers: Int { waiting.count }

  private func isDue(_ credentials: Credentials) -> Bool {
    guard let expires = credentials.expires else { return false }
    let now = now()
    return now >= expires || (now >= expires - Self.margin && now >= nextRenewal)
  }

  private func renew() async {
    var result: Result<Credentials, AccessError>
    do throws(AccessError) {
      let configuration = try AWSConfiguration(profile: profile, environment: environment)
      result = .success(try await configuration.credentials(at: now()))
    } catch {
      result = .failure(error)
    }
    if Task.isCancelled {
      // Nobody waited any more; by now somebody may.
      renewal = waiting.isEmpty ? nil : Task { await self.renew() }
      return
    }
    nextRenewal = now() + Self.pause
    if case .failure = result, let current, let expires = current.expires, now() < expires {
      result = .success(current)
    }
    current = try? result.get()
    renewal = nil
    for answer in waiting.values { answer.yield(result) }
    waiting = [:]
  }
}

extension AWSConfiguration {
  /// Asks the source of credentials that comes first.
  func credentials(at now: Date) async throws(AccessError) -> Credentials {
    guard let source = try source() else { throw noCredentials }
    return try await credentials(from: source, at: now)
  }

  private func credentials(from source: CredentialsSource, at now: Date) async throws(AccessError)
    -> Credentials
  {
    switch source {
    case .fixed(let credentials): credentials
    case .role(let role, let base):
      try await TokenService(configuration: self)
        .assume(role, by: credentials(from: base, at: now), at: now)
    case .webIdentity(let role, let file):
      try await TokenService(configuration: self).assume(role, tokenFile: file)
    case .process(let command, let profile):
      try await CredentialsProcess(command: command, profile: profile, configuration: self)
        .credentials()
    case .signIn(let signIn): try await signIn.credentials(self, at: now)
    case .container(let url): try await MetadataService(configuration: self).container(url)
    case .instance(let url): try await MetadataService(configuration: self).instance(url)
    }
  }
}
