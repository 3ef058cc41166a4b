import PartitionPredicate
import Testing

@Suite("Key types")
struct KeyTypeTests {
  @Test(
    "a key type is read as it is written, ignoring case",
    arguments: [
      KeyType.string, .int, .bigint, .date, .timestamp, .boolean,
      .decimal(precision: 5, scale: 2), .decimal(precision: 38, scale: 38),
      .decimal(precision: 1, scale: 0),
    ])
  func types(_ type: KeyType) {
    #expect(KeyType(type.description) == type)
    #expect(KeyType(type.description.uppercased()) == type)
  }

  @Test("a decimal may have a space after its comma")
  func decimal() {
    #expect(KeyType("decimal(5, 2)") == .decimal(precision: 5, scale: 2))
  }

  @Test(
    "what is not a key type is refused",
    arguments: [
      "", "integer", "varchar", "decimal", "decimal()", "decimal(5)", "decimal(0,0)",
      "decimal(39,0)", "decimal(5,6)", "decimal(5,-1)", "decimal(5,,2)", "decimal(5,2,1)",
      "decimal(a,b)", "decimal(5,2", "int(4)",
    ])
  func noTypes(_ text: String) {
    #expect(KeyType(text) == nil)
  }
}
