import AWSAccess
import Foundation
package import GlueCatalog
import IncrementalJoin
import PartitionPredicate

/// Why one try of a call brought nothing.
typealias GlueTrouble = Trouble<CatalogError>

/// An answer that is no success, as far as it could be read.
struct GlueRefusal {
  let status: Int
  /// Glue's word for it, such as `EntityNotFoundException`; empty where the answer has none.
  let code: ExactText
  let message: String

  /// Reads JSON, or the XML in which some refuse a signature.
  ///
  /// - Parameters:
  ///   - status: Of the answer.
  ///   - type: What its header says of the code.
  ///   - body: Whatever came.
  init(status: Int, type: String?, body: Data) {
    self.status = status
    let document = try? JSONDecoder().decode(Document.self, from: body)
    let text = String(decoding: body, as: UTF8.self).exact
    // `com.amazonaws.glue#EntityNotFoundException`, `EntityNotFoundException:http://…`
    let name = (document?.__type ?? type ?? "").exact
      .parts(separatedBy: "#").last?.parts(separatedBy: ":").first
    code = name ?? text.element("Code") ?? ""
    message = document?.Message ?? document?.message ?? text.element("Message")?.text ?? ""
  }

  private struct Document: Decodable {
    let __type: String?
    let Message: String?
    let message: String?
  }

  /// Whether other credentials may do better.
  var isOfCredentials: Bool { isExpired || isUnknownKey }

  private var isExpired: Bool { code == "ExpiredTokenException" || code == "ExpiredToken" }

  private var isUnknownKey: Bool {
    [
      "UnrecognizedClientException", "InvalidSignatureException", "IncompleteSignature",
      "IncompleteSignatureException", "MissingAuthenticationTokenException",
      "MissingAuthenticationToken", "InvalidClientTokenId", "SignatureDoesNotMatch",
    ].contains(code)
  }

  /// What it means for a call.
  func trouble(for call: GlueCall) -> GlueTrouble {
    switch code {
    case "ThrottlingException", "Throttling", "TooManyRequestsException", "RequestLimitExceeded",
      "ResourceNotReadyException":
      return passing(isDone: false)
    // Of a table with a version it says that the version is an older one.
    case "ConcurrentModificationException" where call.name.exact != "UpdateTable":
      return passing(isDone: false)
    case "InternalServiceException", "InternalFailure", "OperationTimeoutException":
      return passing(isDone: true)
    default: break
    }
    switch status {
    case 429: return passing(isDone: false)
    case 500, 502, 503, 504: return passing(isDone: true)
    default: return .final(error(for: call))
    }
  }

  private func passing(isDone: Bool) -> GlueTrouble {
    .passing(
      reason: "Glue answered \(words)", isDone: isDone, error: .busy(status: status, attempts: 0))
  }

  private var words: String { code.isEmpty ? "\(status)" : "\(status) \(code)" }

  private func error(for call: GlueCall) -> CatalogError {
    var reason = message.isEmpty ? words : message
    if isExpired { return .expiredToken }
    if isUnknownKey { return .badCredentials(reason: reason) }
    switch (code, call.subject) {
    case ("EntityNotFoundException", .database(let name)): return .noDatabase(name)
    case ("EntityNotFoundException", .table(let name)):
      return isOfDatabase ? .noDatabase(name.database) : .noTable(name)
    case ("EntityNotFoundException", .job(let name)): return .noBookmark(job: name)
    case ("AlreadyExistsException", .table(let name)): return .exists(name)
    case ("ConcurrentModificationException", .table(let name)): return .moved(name)
    default: break
    }
    if code == "AccessDeniedException" || code == "AccessDenied" || status == 403 {
      if reason.utf8.last == UInt8(ascii: ".") { reason.unicodeScalars.removeLast() }
      return .denied(call: call.permission, resource: "\(call.subject)", reason: reason)
    }
    return .failed(
      call: call.permission, resource: "\(call.subject)",
      code: code.isEmpty ? "\(status)" : code.text,
      message: message.isEmpty ? "it says no more" : message)
  }

  /// Glue has one code for both: "Database x not found.", "Entity Not Found".
  private var isOfDatabase: Bool { message.exact.lowercased.begins(with: "database") }
}

extension ExactText {
  /// What stands in the first element of a name in XML.
  fileprivate func element(_ name: ExactText) -> ExactText? {
    guard let start = range(ofFirst: "<\(name)>") else { return nil }
    let rest = ExactText(text[start.upperBound...])
    return rest.range(ofFirst: "</\(name)>").map { ExactText(rest.text[..<$0.lowerBound]) }
  }
}

extension CatalogError: RequestFailure {
  /// Whether nobody answered.
  package var isUnreachable: Bool { if case .unreachable = self { true } else { false } }

  /// The same after so many tries.
  package func after(attempts: Int) -> CatalogError {
    guard case .busy(let status, _) = self else { return self }
    return .busy(status: status, attempts: attempts)
  }

  /// Why Glue cannot be asked.
  init(_ error: AccessError) {
    self =
      switch error {
      case .noCredentials(let places):
        .misconfigured(
          reason:
            "No credentials for Glue were found in \(places). Set AWS_PROFILE, or `profile:` below "
            + "`glue:`.")
      case .expiredToken: .expiredToken
      case .unreachable(let endpoint, let reason):
        .unreachable(endpoint: endpoint, reason: reason)
      case .cancelled: .cancelled
      case .misconfigured, .unreadable, .local: .misconfigured(reason: "\(error)")
      }
  }
}
