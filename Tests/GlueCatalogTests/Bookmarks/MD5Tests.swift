import PartitionPredicate
import Testing

@testable import GlueCatalog

struct MD5Tests {
  @Test(
    "the texts of RFC 1321 have its digests",
    arguments: [
      ("", "d41d8cd98f00b204e9800998ecf8427e"),
      ("a", "0cc175b9c0f1b6a831c399e269772661"),
      ("abc", "900150983cd24fb0d6963f7d28e17f72"),
      ("message digest", "f96b697d7cb7938d525a2f31aaf161d0"),
      ("abcdefghijklmnopqrstuvwxyz", "c3fcd3d76192e4007dfb496cca67e13b"),
      (
        "12345678901234567890123456789012345678901234567890123456789012345678901234567890",
        "57edf4a22be3c955ac49da2e2107b67a"
      ),
    ])
  func digests(text: String, digest: String) {
    #expect(MD5.hash(text.exact) == digest)
  }

  @Test("texts of every length around a block's end are padded right")
  func lengths() {
    // Python's hashlib over the digests of "x" repeated 50 to 70 times.
    let digests = (50...70).map { MD5.hash(String(repeating: "x", count: $0).exact) }
    #expect(MD5.hash(digests.joined().exact) == "10b3c4c6a0dcffd6073361a7d84dfe4e")
  }
}
