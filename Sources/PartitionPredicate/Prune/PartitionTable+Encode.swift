extension PartitionTable.Column {
  /// Encodes a column's values.
  init(_ values: some Collection<PartitionValue>, _ type: KeyType) {
    switch type {
    case .string, .decimal: self.init(ColumnEncoder(values) { $0 })
    case .int, .bigint, .date, .timestamp, .boolean:
      // As bare numbers, which are hashed and sorted much faster.
      self.init(ColumnEncoder(values, \.number))
    }
  }

  private init<Plain>(_ encoder: ColumnEncoder<Plain>) {
    let plain = encoder.plain
    if zip(plain, plain.dropFirst()).allSatisfy({ $0 < $1 }) {
      values = encoder.values
      codes = encoder.codes
      return
    }
    let order = plain.indices.sorted { plain[$0] < plain[$1] }
    values = order.map { encoder.values[$0] }
    var rank = [UInt32](repeating: 0, count: order.count)
    for (new, old) in order.enumerated() { rank[old] = UInt32(new) }
    codes = encoder.codes.map { rank[Int($0)] }
  }
}

extension PartitionValue {
  /// A value of a type without text as a number in the same order, NULL first.
  fileprivate var number: Int128 {
    switch self {
    case .null, .string: .min
    case .boolean(let flag): flag ? 1 : 0
    case .integer(let number): Int128(number)
    case .decimal(let unscaled, _): unscaled
    case .date(let days): Int128(days)
    case .timestamp(let microseconds): Int128(microseconds)
    }
  }
}

/// Numbers a column's values as they come.
private struct ColumnEncoder<Plain: Hashable & Comparable> {
  /// The distinct values, and the same in the form in which they are compared.
  private(set) var values: [PartitionValue] = []
  private(set) var plain: [Plain] = []
  private(set) var codes: [UInt32] = []
  private var numbers: [Plain: UInt32] = [:]
  /// What came after each number the last time: partitions repeat their values in order, so that the
  /// guess saves hashing almost always.
  private var next: [UInt32] = []
  private var last: UInt32 = 0

  init(_ column: some Collection<PartitionValue>, _ form: (PartitionValue) -> Plain) {
    codes.reserveCapacity(column.count)
    for value in column { append(value, form(value)) }
  }

  private mutating func append(_ value: PartitionValue, _ form: Plain) {
    let code = number(of: value, form)
    if !next.isEmpty { next[Int(last)] = code }
    if code == next.count { next.append(code) }
    last = code
    codes.append(code)
  }

  private mutating func number(of value: PartitionValue, _ form: Plain) -> UInt32 {
    if !next.isEmpty {
      if plain[Int(last)] == form { return last }
      let guess = next[Int(last)]
      if plain[Int(guess)] == form { return guess }
    }
    if let known = numbers[form] { return known }
    let new = UInt32(values.count)
    numbers[form] = new
    values.append(value)
    plain.append(form)
    return new
  }
}
