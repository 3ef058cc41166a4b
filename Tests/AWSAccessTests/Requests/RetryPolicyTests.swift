import Testing

@testable import AWSAccess

/// How long a request waits before it is sent again.
struct RetryPolicyTests {
  @Test("pauses grow up to a bound, and differ")
  func pauses() {
    let policy = RetryPolicy(firstPause: .milliseconds(100), longestPause: .seconds(2))
    for failures in 1...40 {
      let bound = min(.seconds(2), .milliseconds(100) * (1 << min(failures - 1, 20)))
      let pauses = (1...50).map { _ in policy.pause(after: failures) }
      #expect(pauses.allSatisfy { $0 >= .zero && $0 <= bound })
      #expect(Set(pauses).count > 1)
    }
  }
}
