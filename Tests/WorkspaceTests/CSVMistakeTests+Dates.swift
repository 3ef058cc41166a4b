import TestSupport
import Testing

/// Patterns of dates and times.
extension CSVMistakeTests {
  @Test(
    "formats of dates are strftime's",
    arguments: [
      MarkedMistake(
        "date_format: ¦''", "\"date_format\" is empty",
        #"leave it out, or write date_format: "%d/%m/%Y"."#),
      MarkedMistake(
        "timestamp_format: ¦' '", "\"timestamp_format\" is empty",
        #"leave it out, or write timestamp_format: "%d/%m/%Y %H:%M:%S"."#),
      MarkedMistake(
        "date_format: ¦european",
        "date_format: \"european\" is not a pattern of strftime, such as %d for the day",
        #"write it in quotes as in date_format: "%d/%m/%Y"."#),
      MarkedMistake(
        "timestamp_format: ¦100%%",
        "timestamp_format: \"100%%\" is not a pattern of strftime, such as %d for the day",
        #"write it in quotes as in timestamp_format: "%d/%m/%Y %H:%M:%S"."#),
      MarkedMistake(
        "date_format: ¦'%F'", "date_format: \"%F\" has the unknown part \"%F\"",
        "write %Y-%m-%d instead."),
      MarkedMistake(
        "date_format: ¦'%Y-%q'", "date_format: \"%Y-%q\" has the unknown part \"%q\"",
        "use %Y %y %m %b %B %d %j %a %A %H %I %p %M %S %g %f %n %z or %Z; %% is a percent sign."),
      MarkedMistake(
        "date_format: ¦'%d 100%'", "date_format: \"%d 100%\" has the unknown part \"%\"",
        "use %Y %y %m %b %B %d %j %a %A %H %I %p %M %S %g %f %n %z or %Z; %% is a percent sign."),
      MarkedMistake(
        "date_format: ¦%d/%m/%Y", "a text cannot begin with % in YAML",
        "put the whole text in quotes."),
    ])
  func formats(_ mistake: MarkedMistake) throws { try checkCSV(mistake) }

  @Test(
    "patterns of Java are translated",
    arguments: [
      ("dd/MM/yyyy", "%d/%m/%Y"),
      ("d.M.yy", "%-d.%-m.%y"),
      ("uuuu-MM-dd'T'HH:mm:ss.SSSSSSXXX", "%Y-%m-%dT%H:%M:%S.%f%z"),
      ("yyyy-MM-ddTHH:mm:ss.SSS", "%Y-%m-%dT%H:%M:%S.%g"),
      ("EEE, dd MMM yyyy h:mm a", "%a, %d %b %Y %-I:%M %p"),
      ("DD.MM.YYYY", "%d.%m.%Y"),
      ("yyyyMMdd", "%Y%m%d"),
      ("dd-mm-yyyy", "%d-%m-%Y"),
    ])
  func java(_ pattern: String, _ translated: String) throws {
    try checkCSV(
      MarkedMistake(
        "timestamp_format: ¦\"\(pattern)\"",
        "timestamp_format: \"\(pattern)\" is not a pattern of strftime, such as %d for the day",
        "write timestamp_format: \"\(translated)\", in quotes."))
  }
}
