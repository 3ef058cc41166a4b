package import Foundation
package import PartitionPredicate

/// Where a service is, once settings, environment and files are read.
package struct ServiceEndpoint: Hashable, Sendable {
  /// With scheme and host, perhaps with a port and a path.
  package let url: URL
  /// For signatures.
  package let region: ExactText

  /// Whether it is one of AWS's own.
  package var isAWS: Bool {
    let host = url.host()?.exact.lowercased ?? ""
    return host.ends(with: ".amazonaws.com") || host.ends(with: ".amazonaws.com.cn")
  }
}

/// A service as `dovetail.yaml` sets it up.
package struct ServiceSettings: Hashable, Sendable {
  /// In lower case, as in host names: `s3`, `glue`.
  package var service: String
  /// What people call it, inside a sentence: `the store`.
  package var noun: String
  /// The key of `dovetail.yaml` that has the settings: `stores:`.
  package var section: String
  /// The URL; nil for the one that the environment or the profile names, or AWS's.
  package var endpoint: ExactText?
  /// nil for that of the environment or the profile.
  package var region: ExactText?

  /// Creates settings.
  package init(
    service: String, noun: String, section: String, endpoint: ExactText?, region: ExactText?
  ) {
    self.service = service
    self.noun = noun
    self.section = section
    self.endpoint = endpoint
    self.region = region
  }
}

extension AWSConfiguration {
  /// Finds out where a service is.
  ///
  /// - Parameter settings: Go before environment and profile.
  /// - Returns: The endpoint; where it is not AWS's, its region is us-east-1 unless somebody names one.
  /// - Throws: `AccessError.misconfigured` for AWS without a region, or an endpoint that is no URL.
  package func endpoint(of settings: ServiceSettings) throws(AccessError) -> ServiceEndpoint {
    let region = settings.region ?? region?.exact
    if let text = settings.endpoint ?? endpoint(of: settings.service)?.exact {
      return try endpoint(text, region: region ?? "us-east-1", noun: settings.noun)
    }
    guard let region else {
      throw .misconfigured(
        what: settings.noun.capitalizedFirst,
        reason:
          "no region is set. Set AWS_REGION, the profile's `region`, or `region:` below `\(settings.section)`"
      )
    }
    let host = Self.host(of: settings.service, region: region.text)
    return try endpoint("https://\(host)", region: region, noun: settings.noun)
  }

  private func endpoint(
    _ text: ExactText, region: ExactText, noun: String
  ) throws(AccessError) -> ServiceEndpoint {
    guard let url = URL(string: text.text), let host = url.host(), !host.isEmpty,
      let scheme = url.scheme?.exact.lowercased, scheme == "https" || scheme == "http",
      url.query() == nil, url.fragment() == nil, url.user() == nil
    else {
      throw .misconfigured(
        what: "The endpoint of \(noun)",
        reason: "it is not of the form https://host, without a query and a password")
    }
    return ServiceEndpoint(url: url, region: region)
  }
}

extension String {
  /// With a capital letter at its beginning.
  fileprivate var capitalizedFirst: String {
    String(unicodeScalars.prefix(1)).exact.uppercased.text + String(unicodeScalars.dropFirst())
  }
}
