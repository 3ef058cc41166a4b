import TestSupport
import Testing

@testable import IncrementalJoin

@Suite("SHA-256")
struct SHA256Tests {
  @Test(
    "the vectors of FIPS 180 hold",
    arguments: [
      ("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
      ("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
      (
        "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
        "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"
      ),
    ])
  func vectors(_ text: String, _ digest: String) {
    #expect(SHA256.hash(text) == digest)
  }

  @Test("a million times the letter a, given in uneven pieces")
  func million() {
    var digest = SHA256()
    var left = 1_000_000
    while left > 0 {
      let count = min(left, 999)
      digest.update(String(repeating: "a", count: count))
      left -= count
    }
    #expect(
      digest.finalize() == "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0")
  }

  @Test("every length around a block's end agrees with the same bytes given one by one")
  func paddingBorders() {
    for length in 0...130 {
      var single = SHA256()
      for _ in 0..<length { single.update("x") }
      #expect(SHA256.hash(String(repeating: "x", count: length)) == single.finalize())
    }
  }

  @Test("the digest does not depend on how the bytes are split")
  func chunks() {
    var random = SeededGenerator()
    for _ in 0..<50 {
      let bytes = (0..<Int.random(in: 0...1_000, using: &random)).map { _ in
        UInt8.random(in: 0...255, using: &random)
      }
      var whole = SHA256()
      bytes.withUnsafeBytes { whole.update($0) }
      var pieces = SHA256()
      var start = 0
      while start < bytes.count {
        let end = min(bytes.count, start + Int.random(in: 0...150, using: &random))
        Array(bytes[start..<end]).withUnsafeBytes { pieces.update($0) }
        start = end
      }
      #expect(whole.finalize() == pieces.finalize(), "seed \(random.seed)")
    }
  }
}
