import Synchronization

/// The session that the console is about, which is another one once dovetail.yaml was read anew.
final class CurrentSession: Sendable {
  private let session: Mutex<Session>

  init(_ session: Session) { self.session = Mutex(session) }

  /// The session as it was read last.
  var value: Session { session.withLock { $0 } }

  /// Takes what was read anew.
  func take(_ session: Session) { self.session.withLock { $0 = session } }
}
