/// One arrival of the demo: what lands, what disappears, and what an operator should see.
struct StoryStep {
  /// How long after the step before it an arrival is dated, so that there are delays to look at; the whole story is
  /// dated within one day.
  static let hoursApart = 3

  let title: String
  let explanation: String
  /// The rows that land, as conditions over the tables `flights` and `weather`, by table name.
  var arrivals: [String: String] = [:]  // characters: our own names
  /// Partitions whose files disappear, by table name.
  var deletions: [String: String] = [:]  // characters: our own names
  /// Whether this is a corrected delivery, from which cancelled flights are missing.
  var isCorrection = false

  /// The whole story.
  ///
  /// The data are the flights and the weather of New York in 2013; only the order of arrival is invented.
  static let all = [
    StoryStep(
      title: "Flights of January to March land",
      explanation: """
        90 days of flights have arrived, and no weather. Every day is held, not pending: the weather \
        table was never seen, so its columns are unknown.
        """,
      arrivals: ["flights": "month <= 3"]),
    StoryStep(
      title: "Their weather lands, except for the week of 4 to 10 February",
      explanation: """
        90 days can be joined now. Seven of them are one-sided: their flights are joined with nothing \
        until the weather comes.
        """,
      arrivals: [
        "weather": "month <= 3 AND NOT (month = 2 AND day BETWEEN 4 AND 10)"
      ]),
    StoryStep(
      title: "The week's weather lands late",
      explanation: """
        A join of only the new rows would find no new flights and lose these matches. Dovetail loads \
        both tables in full for exactly the seven days. The join with the nearest reading has nine \
        pending: flights within 90 minutes of midnight on the 3rd and the 11th may be nearest to the week's.
        """,
      arrivals: ["weather": "month = 2 AND day BETWEEN 4 AND 10"]),
    StoryStep(
      title: "The flights of 15 March are delivered again, corrected",
      explanation: """
        The file has the same name and fewer rows: cancelled flights were taken out. One day is \
        pending, because its file was rewritten.
        """,
      arrivals: ["flights": "month = 3 AND day = 15"], isCorrection: true),
    StoryStep(
      title: "The flights of 20 March are withdrawn",
      explanation: """
        The file is gone, the weather stays. The day's join is empty now, so the published partition \
        is removed.
        """,
      deletions: ["flights": "month=3/day=20"]),
    StoryStep(
      title: "The rest of the year lands",
      explanation: """
        275 days of flights, and weather for all of them but two. That of 25 October is late; that of \
        31 December does not exist: the day stays one-sided, and its flights appear only in the left joins.
        """,
      arrivals: [
        "flights": "month >= 4", "weather": "month >= 4 AND NOT (month = 10 AND day = 25)",
      ]),
    StoryStep(
      title: "The weather of 25 October lands last",
      explanation: """
        The joins by the hour have one day pending. The join with the nearest reading also has the 24th, \
        whose flight at 23:59 is nearest to the reading of midnight. The day's readings end at 19:00, too early for \
        flights of the 26th. 578 flights of the year have a reading now although \
        their hour has none. The days are New York's: with `zone: UTC`, 38,444 of the 336,776 flights of \
        2013 would be outside the day of their folder, and a run would fail.
        """,
      arrivals: ["weather": "month = 10 AND day = 25"]),
  ]
}
