extension TimeRecipe {
  /// All recipes of the document, their rows chosen by a seed.
  static func all(seed: Int) -> [TimeRecipe] {
    [
      lateDimension(seed), calibrations(seed), payments(seed), quotes(seed), rollUp(seed),
      reference(seed), namedKeys(seed),
    ]
  }

  /// SQL for a whole number from 0 up to, but without, a bound, by the row and the seed.
  private static func some(_ row: String, below bound: Int, _ seed: Int) -> String {
    "CAST(hash(\(row), \(seed)) % \(bound) AS INTEGER)"
  }

  private static func lateDimension(_ seed: Int) -> TimeRecipe {
    let sales = ["2024-05-01", "2024-05-02"].flatMap { day in
      (8...11).map { hour in
        Landing(
          "sales/day=\(day)/hour=\(hour)",
          """
          SELECT \(hour) * 100 + n AS id, ['tea', 'jam', 'ham'][1 + \(some("n + \(hour)", below: 3, seed))] \
          AS product, 1 + \(some("n * \(hour)", below: 9, seed)) AS pieces FROM range(6) r(n)
          """)
      }
    }
    let prices = { (day: String) in
      Landing(
        "prices/day=\(day)",
        """
        SELECT unnest(['tea', 'jam']) AS product, CAST(unnest([\(some("'\(day)'", below: 500, seed)), 250]) \
        AS DECIMAL(7, 2)) / 100 AS price
        """)
    }
    return TimeRecipe(
      heading: "### 1. A daily table that lands late",
      tables: [("sales", "day DATE, hour INTEGER"), ("prices", "day DATE")],
      landed: sales + [prices("2024-05-01")], late: prices("2024-05-02"),
      pending: (8...11).map { "day=2024-05-02/hour=\($0)" },
      outputs: [
        Output(
          location: "out/priced_sales", keys: "day DATE, hour INTEGER",
          whole: "SELECT s.*, p.price FROM {sales} s LEFT JOIN {prices} p USING (product, day)")
      ])
  }

  private static func calibrations(_ seed: Int) -> TimeRecipe {
    let readings = (1...4).flatMap { day in
      [6, 18].map { hour in
        Landing(
          "readings/day=2024-05-0\(day)/hour=\(hour)",
          """
          SELECT unnest(['a', 'b']) AS sensor, TIMESTAMP '2024-05-0\(day) 00:00:00' + to_hours(\(hour)) \
          + to_minutes(n * 10) AS ts, \(some("n + \(day * hour)", below: 100, seed)) AS value FROM range(6) r(n)
          """)
      }
    }
    let calibrations = { (day: Int) in
      Landing(
        "calibrations/day=2024-05-0\(day)",
        """
        SELECT unnest(['a', 'b']) AS sensor, TIMESTAMP '2024-05-0\(day) 06:30:00' AS ts, \
        \(day) * 1000 + \(some("\(day)", below: 1000, seed)) AS factor
        """)
    }
    return TimeRecipe(
      heading: "### 2. Daily calibrations and hourly readings",
      tables: [("readings", "day DATE, hour INTEGER"), ("calibrations", "day DATE")],
      landed: readings + [1, 3, 4].map(calibrations), late: calibrations(2),
      pending: [
        "day=2024-05-02/hour=6", "day=2024-05-02/hour=18", "day=2024-05-03/hour=6",
        "day=2024-05-03/hour=18",
      ],
      outputs: [
        Output(
          location: "out/calibrated", keys: "day DATE, hour INTEGER",
          whole: """
            SELECT r.*, c.ts AS calibrations_ts, c.factor FROM {readings} r LEFT JOIN {calibrations} c \
            ON c.sensor = r.sensor AND c.ts BETWEEN r.ts - INTERVAL 36 HOURS AND r.ts \
            QUALIFY row_number() OVER (PARTITION BY r.sensor, r.ts ORDER BY c.ts DESC) = 1
            """)
      ])
  }

  private static func payments(_ seed: Int) -> TimeRecipe {
    let orders = [("05-01", 100), ("05-15", 200), ("05-16", 300), ("05-31", 400), ("06-14", 500)]
      .map {
        day, id in
        Landing(
          "orders/order_date=2024-\(day)",
          """
          SELECT \(id) + n AS id, TIMESTAMP '2024-\(day) 09:00:00' + to_hours(n) AS ordered_at, \
          \(some("n", below: 90, seed)) AS amount FROM range(5) r(n)
          """)
      }
    let payments = { (day: String) in
      Landing(
        "payments/pay_date=2024-\(day)",
        """
        SELECT 100 * (1 + \(some("n", below: 5, seed))) + \(some("n + 50", below: 5, seed)) AS order_id, \
        TIMESTAMP '2024-\(day) 07:00:00' + to_minutes(n * 20) AS paid_at, n AS part FROM range(40) r(n)
        """)
    }
    return TimeRecipe(
      heading: "### 3. Orders and their payments within 30 days",
      tables: [("orders", "order_date DATE"), ("payments", "pay_date DATE")],
      landed: orders + ["05-01", "05-16", "06-10"].map(payments), late: payments("06-15"),
      pending: ["05-16", "05-31", "06-14"].map { "order_date=2024-\($0)" },
      outputs: [
        Output(
          location: "out/paid_orders", keys: "order_date DATE",
          whole: """
            SELECT o.*, p.paid_at, p.part FROM {orders} o LEFT JOIN {payments} p ON p.order_id = o.id \
            AND p.paid_at BETWEEN o.ordered_at AND o.ordered_at + INTERVAL 30 DAYS
            """)
      ])
  }

  private static func quotes(_ seed: Int) -> TimeRecipe {
    let trades = (9...11).map { hour in
      Landing(
        "trades/day=2024-05-02/hour=\(hour)",
        """
        SELECT \(hour) * 100 + n AS id, 'S' || \(some("n", below: 3, seed)) AS symbol, TIMESTAMP '2024-05-02 00:00:00' \
        + to_hours(\(hour)) + to_minutes(\(some("n + \(hour)", below: 60, seed))) AS ts FROM range(20) r(n)
        """)
    }
    let quotes = { (hour: Int) in
      Landing(
        "quotes/day=2024-05-02/hour=\(hour)",
        """
        SELECT 'S' || \(some("n", below: 3, seed)) AS symbol, TIMESTAMP '2024-05-02 00:00:00' + to_hours(\(hour)) \
        + to_minutes(\(some("n * \(hour)", below: 60, seed))) AS ts, CASE WHEN n % 7 <> 0 THEN \
        \(some("n + \(hour)", below: 9, seed)) END AS bid, n AS number FROM range(40) r(n)
        """)
    }
    return TimeRecipe(
      heading: "### 4. The last quote before each trade",
      tables: [("trades", "day DATE, hour INTEGER"), ("quotes", "day DATE, hour INTEGER")],
      landed: trades + [9, 11].map(quotes), late: quotes(10),
      pending: ["day=2024-05-02/hour=10", "day=2024-05-02/hour=11"],
      outputs: [
        Output(
          location: "out/trades_quotes", keys: "day DATE, hour INTEGER",
          whole: """
            SELECT t.*, q.ts AS quotes_ts, q.bid, q.number FROM {trades} t LEFT JOIN {quotes} q \
            ON q.symbol = t.symbol AND q.ts BETWEEN t.ts - INTERVAL 15 MINUTES AND t.ts \
            QUALIFY row_number() OVER (PARTITION BY t.id ORDER BY q.ts DESC, q.bid NULLS LAST, q.number) = 1
            """)
      ])
  }

  private static func rollUp(_ seed: Int) -> TimeRecipe {
    let readings = { (day: Int, hour: Int) in
      Landing(
        "readings/day=2024-05-0\(day)/hour=\(hour)",
        """
        SELECT ['a', 'b', 'c'][1 + \(some("n", below: 3, seed))] AS sensor, TIMESTAMP '2024-05-0\(day) 00:00:00' + \
        to_hours(\(hour)) + to_minutes(n) AS ts, CAST(\(some("n + \(hour)", below: 100, seed)) AS BIGINT) AS value \
        FROM range(9) r(n)
        """)
    }
    return TimeRecipe(
      heading: "### 5. Hours rolled up to days, and to one total",
      tables: [("readings", "day DATE, hour INTEGER")],
      landed: (1...3).flatMap { day in [6, 7].map { readings(day, $0) } }, late: readings(2, 8),
      pending: ["day=2024-05-02"],
      outputs: [
        Output(
          location: "out/daily", keys: "day DATE",
          whole: """
            SELECT sensor, day, count(*) AS readings, CAST(sum(value) AS DECIMAL(38, 0)) AS value FROM {readings} \
            GROUP BY sensor, day
            """),
        Output(
          location: "out/totals", keys: "",
          whole: """
            SELECT sensor, count(*) AS readings, count(DISTINCT day) AS days FROM {readings} GROUP BY sensor
            """),
      ])
  }

  private static func reference(_ seed: Int) -> TimeRecipe {
    let orders = (1...3).map { day in
      Landing(
        "orders/day=2024-05-0\(day)",
        "SELECT \(day) * 10 + n AS id, \(some("n + \(day)", below: 5, seed)) AS customer FROM range(6) r(n)"
      )
    }
    let customers = { (name: String) in
      Landing(
        "customers", "SELECT n::INTEGER AS customer, '\(name)' || n AS name FROM range(4) r(n)")
    }
    return TimeRecipe(
      heading: "### 6. A reference table without partitions",
      tables: [("orders", "day DATE"), ("customers", "")],
      landed: orders + [customers("Ada")], late: customers("Ben"), pending: [],
      outputs: [
        Output(
          location: "out/named_orders", keys: "day DATE",
          whole: """
            SELECT o.*, CASE WHEN day >= DATE '2024-05-02' THEN c.name ELSE replace(c.name, 'Ben', 'Ada') END AS name \
            FROM {orders} o LEFT JOIN {customers} c USING (customer)
            """)
      ])
  }

  private static func namedKeys(_ seed: Int) -> TimeRecipe {
    let orders = ["eu", "us"].flatMap { region in
      (1...2).map { day in
        Landing(
          "orders/region=\(region)/order_day=2024-05-0\(day)",
          """
          SELECT n AS id, TIMESTAMP '2024-05-0\(day) 09:00:00' + to_hours(n) AS ordered_at, \
          \(some("n", below: 90, seed)) AS amount FROM range(5) r(n)
          """)
      }
    }
    let returns = { (region: String, day: Int) in
      Landing(
        "returns/reg=\(region)/return_day=2024-05-\(day)",
        """
        SELECT CAST(\(some("n", below: 5, seed)) AS BIGINT) AS order_id, TIMESTAMP '2024-05-\(day) 09:00:00' \
        + to_minutes(n) AS returned_at, 'reason ' || n AS reason FROM range(6) r(n)
        """)
    }
    return TimeRecipe(
      heading: "### 7. Keys of other names",
      tables: [
        ("orders", "region VARCHAR, order_day DATE"), ("returns", "reg VARCHAR, return_day DATE"),
      ],
      landed: orders + [returns("eu", 10), returns("eu", 15)], late: returns("us", 15),
      pending: ["region=us/order_day=2024-05-01", "region=us/order_day=2024-05-02"],
      outputs: [
        Output(
          location: "out/returned_orders", keys: "region VARCHAR, order_day DATE",
          whole: """
            SELECT o.*, r.returned_at, r.reason FROM {orders} o LEFT JOIN {returns} r ON r.reg = o.region \
            AND r.order_id = o.id AND r.returned_at BETWEEN o.ordered_at AND o.ordered_at + INTERVAL 14 DAYS
            """)
      ])
  }
}
