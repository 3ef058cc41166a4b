import Foundation
import PartitionPredicate
import Testing

@testable import AWSAccess

/// Requests whose signatures AWS has published.
struct SignatureTests {
  /// The test suite of version 4.
  ///
  /// https://docs.aws.amazon.com/general/latest/gr/signature-v4-test-suite.html
  @Suite struct General {
    let credentials = Credentials(
      keyID: "AKIDEXAMPLE", secret: "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY")

    func expect(
      _ method: String, path: String = "/", query: [(name: String, value: String)] = [],
      headers: [(name: String, value: String)] = [], body: String = "", token: String? = nil,
      signature: String, sourceLocation: SourceLocation = #_sourceLocation
    ) {
      let request = SignedRequest(
        method: method, host: "example.amazonaws.com", path: path, query: query, headers: headers,
        payload: Signature.hash(Data(body.utf8)))
      let added = Signature.headers(
        for: request,
        scope: SignatureScope(
          region: "us-east-1", service: "service", date: date("2015-08-30T12:36:00Z")),
        credentials: Credentials(
          keyID: credentials.keyID, secret: credentials.secret, token: token))
      let last = added.last
      #expect(last?.name.exact == "Authorization", sourceLocation: sourceLocation)
      #expect(
        last?.value.exact.ends(with: "Signature=\(signature)") == true,
        "\(last?.value ?? "nothing")", sourceLocation: sourceLocation)
    }

    @Test func `plain requests`() {
      expect(
        "GET", signature: "5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31")
      expect(
        "POST", signature: "5da7c1a2acd57cee7505fc6676e4e544621c30862966e37dddb68e92efbe5d6b")
    }

    @Test func `the whole header names the key, the scope and what is signed`() {
      let added = Signature.headers(
        for: SignedRequest(method: "GET", host: "example.amazonaws.com"),
        scope: SignatureScope(
          region: "us-east-1", service: "service", date: date("2015-08-30T12:36:00Z")),
        credentials: credentials)
      #expect(added.map(\.name.exact) == ["x-amz-date", "Authorization"])
      #expect(
        added.map(\.value.exact) == [
          "20150830T123600Z",
          """
          AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20150830/us-east-1/service/aws4_request, \
          SignedHeaders=host;x-amz-date, \
          Signature=5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31
          """,
        ])
    }

    @Test func `a query is put in order, by bytes, and encoded`() {
      expect(
        "GET", query: [("Param2", "value2"), ("Param1", "value1")],
        signature: "b97d918cfa904a5beff61c982a1b6f458b799221646efd99d3219ec94cdf2500")
      expect(
        "GET", query: [("ሴ", "bar")],
        signature: "2cdec8eed098649ff3a119c94853b13c643bcf08f8b0a1d91e12c9027818dd04")
      let unreserved = "-._~0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
      expect(
        "GET", query: [(unreserved, unreserved)],
        signature: "9c3e54bfcdf0b19771a7f523ee5669cdf59bc7cc0884027167c21bb143a40197")
      expect(
        "GET", path: "/" + unreserved.exact.percentEncoded(),
        signature: "07ef7494c76fa4850883e2b006601f940f8a34d404d0cfa977f52a65bbf5f24f")
    }

    @Test func `headers are put in order, joined and trimmed`() {
      expect(
        "POST", headers: [("My-Header1", "value1")],
        signature: "c5410059b04c1ee005303aed430f6e6645f61f4dc9e1461ec8f8916fdf18852c")
      expect(
        "GET", headers: [("My-Header1", " value1"), ("My-Header2", " \"a   b   c\"")],
        signature: "acc3ed3afb60bb290fc8d2dd0098b9911fcaa05412b367055dee359757a9c736")
      expect(
        "GET",
        headers: [("My-Header1", "value2"), ("My-Header1", "value2"), ("My-Header1", "value1")],
        signature: "c9d5ea9f3f72853aea855b47ea873832890dbdd183b4468f858259531a5138ea")
    }

    @Test func `a body and a token are signed`() {
      expect(
        "POST", headers: [("Content-Type", "application/x-www-form-urlencoded")],
        body: "Param1=value1",
        signature: "ff11897932ad3f4e8b18135d722051e5ac45fc38421b1da7b9d196a0fe09473a")
      expect(
        "POST",
        token: "AQoDYXdzEPT//////////wEXAMPLEtc764bNrC9SAPBSM22wDOk4x4HIZ8j4FZTwdQWLWsKWHGBuFqwAeMi"
          + "cRXmxfpSPfIeoIYRqTflfKD8YUuwthAx7mSEI/qkPpKPi/kMcGdQrmGdeehM4IC1NtBmUpp2wUE8phUZampKs"
          + "burEDy0KPkyQDYwT7WZ0wq5VSXDvp75YU9HFvlRd8Tx6q6fE8YQcHNVXAkiY9q6d+xo0rKwT38xVqr7ZD0u0i"
          + "PPkUL64lIZbqBAz+scqKmlzm8FDrypNC9Yjc8fPOLn9FX9KSYvKTr4rvx3iSIlTJabIQwj2ICCR/oLxBA==",
        signature: "85d96828115b5dc0cfc3bd16ad9e210dd772bbebba041836c64533a82be05ead")
    }
  }

  /// The examples of S3.
  ///
  /// https://docs.aws.amazon.com/AmazonS3/latest/API/sig-v4-header-based-auth.html
  @Suite struct ObjectStore {
    let credentials = Credentials(
      keyID: "AKIAIOSFODNN7EXAMPLE", secret: "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY")
    let scope = SignatureScope(region: "us-east-1", date: date("2013-05-24T00:00:00Z"))
    let host = "examplebucket.s3.amazonaws.com"

    func authorization(_ request: SignedRequest) -> ExactText? {
      Signature.headers(for: request, scope: scope, credentials: credentials)
        .last?.value.exact
    }

    @Test func `a range of an object`() {
      let request = SignedRequest(
        method: "GET", host: host, path: "/test.txt", headers: [("Range", "bytes=0-9")])
      #expect(
        authorization(request) == """
          AWS4-HMAC-SHA256 Credential=AKIAIOSFODNN7EXAMPLE/20130524/us-east-1/s3/aws4_request, \
          SignedHeaders=host;range;x-amz-content-sha256;x-amz-date, \
          Signature=f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41
          """)
    }

    @Test func `an object that is written, whose key is encoded`() {
      let request = SignedRequest(
        method: "PUT", host: host,
        path: "/test$file.text".exact.percentEncoded(keepingSlashes: true),
        headers: [
          ("Date", "Fri, 24 May 2013 00:00:00 GMT"), ("x-amz-storage-class", "REDUCED_REDUNDANCY"),
        ],
        payload: Signature.hash(Data("Welcome to Amazon S3.".utf8)))
      #expect(
        authorization(request)?.ends(
          with: "Signature=98ad721746da40c64f1a55b78f14c238d841ea1380cd77a1b5971af0ece108bd")
          == true
      )
    }

    @Test(
      "keys whose bytes mean nothing, as botocore 1.43.11 signs them",
      arguments: [
        ("a%2Fb", "0c5a3e6d66c3716e4938274c458e8cd6cfd050740fdd49bea1d228c6e6bcfcba"),
        ("e\u{301}", "d9f378a64785391c023de78e22967c3628616e36bbe6810ee61142090c99a382"),
        ("en//d", "94230a805cce906933ed1bf695ca8518a1bd3c9f43957299249a4136f7a1a848"),
      ])
    func oddKeys(key: String, signature: String) {
      let request = SignedRequest(
        method: "GET", host: "127.0.0.1:8333",
        path: "/b/" + key.exact.percentEncoded(keepingSlashes: true),
        headers: [("X-Amz-Meta-A", "x  y "), ("If-Match", "\"q\"")])
      let added = Signature.headers(
        for: request,
        scope: SignatureScope(region: "eu-west-1", date: date("2024-02-29T01:02:03Z")),
        credentials: Credentials(keyID: "AKIDX", secret: "sec/ret+1", token: "tok//en+="))
      #expect(added.last?.value.exact.ends(with: "Signature=\(signature)") == true)
    }

    @Test func `a query without a value, and a listing`() {
      let lifecycle = SignedRequest(method: "GET", host: host, query: [("lifecycle", "")])
      #expect(
        authorization(lifecycle)?.ends(
          with: "Signature=fea454ca298b7da1c68078a5d1bdbfbbe0d65c699e0f91ac7a200a0136783543")
          == true
      )
      let listing = SignedRequest(
        method: "GET", host: host, query: [("prefix", "J"), ("max-keys", "2")])
      #expect(
        authorization(listing)?.ends(
          with: "Signature=34b48302e7b5fa45bde8084f4b7868a86f0a534bc59db6670ed5711ef69dc6f7")
          == true
      )
    }

    @Test func `a request that is signed by its query`() {
      let query = Signature.presignedQuery(
        for: SignedRequest(method: "GET", host: host, path: "/test.txt"), seconds: 86400,
        scope: scope, credentials: credentials)
      #expect(
        query.map { "\($0.name)=\($0.value)".exact } == [
          "X-Amz-Algorithm=AWS4-HMAC-SHA256",
          "X-Amz-Credential=AKIAIOSFODNN7EXAMPLE/20130524/us-east-1/s3/aws4_request",
          "X-Amz-Date=20130524T000000Z", "X-Amz-Expires=86400", "X-Amz-SignedHeaders=host",
          "X-Amz-Signature=aeeed9bbccd4d02ee5c0109b86d86835f995330da4c265957d157751f604d404",
        ])
    }

    @Test func `the condition of a presigned request is signed`() {
      func query(_ tag: String) -> [String: String] {  // characters: names are ASCII
        let request = SignedRequest(
          method: "DELETE", host: host, path: "/test.txt", headers: [("If-Match", tag)])
        return Dictionary(
          uniqueKeysWithValues: Signature.presignedQuery(
            for: request, seconds: 60, scope: scope, credentials: credentials))
      }
      #expect(query("\"a\"")["X-Amz-SignedHeaders"]?.exact == "host;if-match")
      #expect(query("\"a\"")["X-Amz-Signature"]?.exact != query("\"b\"")["X-Amz-Signature"]?.exact)
    }
  }
}

private func date(_ text: String) -> Date {
  (try? Date(text, strategy: .iso8601)) ?? .distantPast
}
