import PartitionPredicate

/// Where credentials come from.
///
/// Nothing is asked for yet.
indirect enum CredentialsSource: Sendable {
  /// The environment or a file holds them.
  case fixed(Credentials)
  /// STS gives them to whoever has others.
  case role(Role, by: CredentialsSource)
  /// STS gives them to whoever has a token, which stands in a file.
  case webIdentity(Role, tokenFile: String)
  /// A program prints them.
  case process(command: String, profile: ExactText)
  /// Somebody has signed in by `aws sso login`.
  case signIn(SignIn)
  /// A service beside a container gives them.
  case container(url: String)
  /// The metadata of an EC2 instance have them.
  case instance(url: String)
}

/// A role that is taken on.
struct Role: Hashable, Sendable {
  var arn: ExactText
  var session: ExactText
  var externalID: ExactText?
  /// How long it is taken on; nil for an hour.
  var seconds: Int?
}

/// What `aws configure sso` has written into a profile.
struct SignIn: Hashable, Sendable {
  /// The profile's name, for the command that signs in.
  var profile: ExactText
  var region: ExactText
  var account: ExactText
  var role: ExactText
  /// The name of the session or, in the old form, the URL where it starts: the token's file is called by it.
  var key: ExactText
}
