/// The colors of pictures, on light and on dark backgrounds.
///
/// Statuses have the hues of Okabe and Ito's palette (https://jfly.uni-koeln.de/color/), which people with color
/// blindness can tell apart, and a letter as well; the steps of a measure go from light to dark in one hue.
enum PictureStyle {
  static let sheet: StaticString = """
    :root{--paper:#ffffff;--ink:#1c2330;--soft:#5b6675;--line:#d7dde5;--panel:#f6f8fa;--accent:#0b5cad;\
    --absent:#e9edf2;--done:#2f9e7d;--empty:#cfe5dc;--present:#7fb8a6;--pending:#f0b429;--stale:#b7791f;--held:#b48ac4;\
    --running:#4aa3df;--failed:#c8321f;--s0:#d6e4f2;--s1:#a9c8e6;--s2:#6fa3d4;--s3:#3a79b8;--s4:#12467f}
    @media (prefers-color-scheme:dark){:root{--paper:#14181f;--ink:#dfe5ee;--soft:#97a3b4;--line:#2d3541;\
    --panel:#1b212a;--accent:#7ab8f5;--absent:#262d37;--done:#2f9e7d;--empty:#a9c4ba;--present:#4c7a6d;--pending:#e0a526;\
    --stale:#c58a34;--held:#a67bb8;--running:#3f93cc;--failed:#e0523d;--s0:#1d3146;--s1:#2a4d72;--s2:#3f76ab;\
    --s3:#6aa5dc;--s4:#b5d8fb}}
    text{font-family:system-ui,-apple-system,"Segoe UI",Roboto,"DejaVu Sans",sans-serif;fill:var(--ink);font-size:11px}
    text.soft{fill:var(--soft)}text.mark{font-size:8px;font-weight:700;text-anchor:middle;fill:#12161c}
    text.failed.mark{fill:#ffffff}text.strong{font-weight:600;font-size:13px}text.big{font-size:20px;font-weight:600}
    text.end{text-anchor:end}text.tag{paint-order:stroke;stroke:var(--paper);stroke-width:5px}.paper{fill:var(--paper)}.rule{stroke:var(--line);stroke-width:1}
    .absent{fill:var(--absent)}.done{fill:var(--done)}.empty{fill:var(--empty)}.present{fill:var(--present)}.pending{fill:var(--pending)}
    .stale{fill:var(--stale)}.held{fill:var(--held)}.running{fill:var(--running)}.failed{fill:var(--failed)}
    .plan{fill:var(--s1)}.stage{fill:var(--s3)}.publish{fill:var(--s2)}.commit{fill:var(--s4)}
    .bar{fill:var(--s3)}.range{fill:var(--s1)}.dot{fill:var(--s4)}.wait{stroke:var(--pending);stroke-width:2}
    .late{stroke:var(--failed);stroke-width:2}
    """

  /// Styles that only a page needs.
  static let pageSheet: StaticString = """
    *{box-sizing:border-box}body{margin:0;background:var(--paper);color:var(--ink);\
    font:14px/1.45 system-ui,-apple-system,"Segoe UI",Roboto,"DejaVu Sans",sans-serif}
    main{max-width:1360px;margin:0 auto;padding:24px}h1{font-size:22px;margin:0}h2{font-size:15px;margin:28px 0 8px;\
    border-bottom:1px solid var(--line);padding-bottom:4px}p{margin:4px 0}.soft{color:var(--soft)}
    .tiles{display:flex;flex-wrap:wrap;gap:12px;margin:16px 0}.tile{background:var(--panel);border:1px solid var(--line);\
    border-radius:6px;padding:8px 14px;min-width:104px}.tile b{display:block;font-size:20px}
    .steps{margin:0;padding:0 0 0 20px}.steps li{margin:3px 0}.boards{display:flex;flex-wrap:wrap;gap:20px 28px}
    figure{margin:0;max-width:100%}figcaption{font-weight:600;margin-bottom:4px}svg{max-width:100%;height:auto;display:block}
    .legend{display:flex;flex-wrap:wrap;gap:4px 14px;margin:6px 0;font-size:12px;color:var(--soft)}
    .legend span{display:inline-flex;align-items:center;gap:5px}
    table{border-collapse:collapse;width:100%;font-size:13px}th{text-align:left;color:var(--soft);font-weight:600}
    th,td{padding:3px 12px 3px 0;border-bottom:1px solid var(--line);vertical-align:top;overflow-wrap:anywhere}
    td.number,th.number{text-align:right}
    code{background:var(--panel);border:1px solid var(--line);border-radius:3px;padding:0 3px}
    .modes{margin:8px 0;display:flex;flex-wrap:wrap;gap:4px 16px}.modes label{cursor:pointer}
    td svg{display:inline-block;vertical-align:-1px}td.status{white-space:nowrap}.scale{display:none}
    """
}
