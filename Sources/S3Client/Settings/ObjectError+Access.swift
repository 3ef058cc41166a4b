import AWSAccess
package import ObjectStorage

extension ObjectError {
  /// Why a store cannot be asked.
  init(_ error: AccessError) {
    self =
      switch error {
      case .misconfigured(let what, let reason): .misconfigured(what: what, reason: reason)
      case .noCredentials(let places): .noCredentials(lookedFor: places)
      case .expiredToken: .expiredToken
      case .unreachable(let endpoint, let reason):
        .unreachable(endpoint: endpoint, reason: reason)
      case .unreadable(let operation, let reason):
        .unreadable(operation: operation, reason: reason)
      case .local(let path, let reason): .local(path: path, reason: reason)
      case .cancelled: .cancelled
      }
  }
}

extension ObjectError: RequestFailure {
  /// Whether nobody answered.
  package var isUnreachable: Bool { if case .unreachable = self { true } else { false } }

  /// The same after so many tries.
  package func after(attempts: Int) -> ObjectError {
    guard case .busy(let status, _) = self else { return self }
    return .busy(status: status, attempts: attempts)
  }
}
