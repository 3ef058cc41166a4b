import Testing
@testable import IncrementalJoin
@Test func a() { #expect(1 == 1) }
