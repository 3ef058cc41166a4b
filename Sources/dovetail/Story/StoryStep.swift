/// One arrival of the demo: what lands, what goes, and what an operator should see.
struct StoryStep {
  let title: String
  let explanation: String
  /// Rows that land, as conditions over the tables `flights` and `weather`, by table name.
  var arrivals: [String: String] = [:]  // characters: our own names
  /// Partitions whose files go, by table name.
  var deletions: [String: String] = [:]  // characters: our own names
  /// Whether flights that were cancelled are missing in what lands: a corrected delivery.
  var isCorrection = false

  /// The whole story.
  ///
  /// The data are the flights and the weather of New York, 2013; nothing is invented
  /// but the order in which it arrives.
  static let all = [
    StoryStep(
      title: "Flights of January to March land",
      explanation: """
        90 days of flights have arrived, and no weather. Every day is pending, and every day is held: \
        the weather table was never seen, so its columns are unknown.
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
        both tables in full for exactly the seven days.
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
        275 days of flights, and weather for all of them but 31 December, which does not exist: that \
        day stays one-sided, and its flights appear only in the left join.
        """,
      arrivals: ["flights": "month >= 4", "weather": "month >= 4"]),
  ]
}
