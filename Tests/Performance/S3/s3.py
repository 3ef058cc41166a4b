"""What `dovetail-bench s3` compares Dovetail with, and what it prepares.

    s3.py upload FOLDER PREFIX      puts every file below a folder under a prefix
    s3.py fill COUNT PREFIX         puts so many small objects, in folders `day=<n>/hour=<n>`
    s3.py pad PREFIX MEGABYTES      makes a ledger below a prefix larger, by lines of a log
    s3.py wide COUNT MB PREFIX      puts so many Parquet objects of some megabytes, with ten columns of random numbers
    s3.py columns ENDPOINT PREFIX   adds up two of their columns: see `columns`
    s3.py count PORT MILLISECONDS   stands before the store at a port, counts its requests and delays each of them
    s3.py counts ENDPOINT           asks that proxy what it has passed on since the last time
    s3.py join TASK                 does by hand what a run does: see `join`

The store, with one bucket `lake`, is that of AWS_ENDPOINT_URL.
"""

import concurrent.futures
import datetime
import hashlib
import hmac
import http.client
import http.server
import json
import os
import shutil
import sqlite3
import sys
import tempfile
import threading
import time
import urllib.parse
import urllib.request

BUCKET = "lake"
THREADS = 8


def client():
    import boto3
    from botocore.config import Config

    return boto3.client("s3", config=Config(max_pool_connections=THREADS))


def side_by_side(work, values, threads=THREADS):
    with concurrent.futures.ThreadPoolExecutor(threads) as pool:
        return list(pool.map(work, values))


def upload(folder, prefix):
    s3 = client()
    paths = [os.path.join(root, name) for root, _, names in os.walk(folder) for name in names]
    side_by_side(
        lambda path: s3.upload_file(path, BUCKET, f"{prefix}/{os.path.relpath(path, folder)}"), paths
    )


def fill(count, prefix):
    """Signs by itself, since boto3 takes longer for a request than the store."""
    store = urllib.parse.urlparse(os.environ["AWS_ENDPOINT_URL"])
    local = threading.local()

    def put(number):
        partition = number // 100
        key = f"{prefix}/day={partition // 10}/hour={partition % 10}/part-{number % 100:05}.parquet"
        if not hasattr(local, "connection"):
            local.connection = http.client.HTTPConnection(store.hostname, store.port)
        path = urllib.parse.quote(f"/{BUCKET}/{key}")
        local.connection.request("PUT", path, b"x", signed("PUT", path, store.netloc))
        answer = local.connection.getresponse()
        answer.read()
        if answer.status != 200:
            raise SystemExit(f"PUT {path}: {answer.status}")

    side_by_side(put, range(count), threads=32)


def signed(method, path, host):
    """Headers with a signature of version 4, of a request without a query."""
    now = datetime.datetime.now(datetime.timezone.utc).strftime("%Y%m%dT%H%M%SZ")
    scope = f"{now[:8]}/{os.environ['AWS_DEFAULT_REGION']}/s3/aws4_request"
    names = "host;x-amz-content-sha256;x-amz-date"
    request = (
        f"{method}\n{path}\n\nhost:{host}\nx-amz-content-sha256:UNSIGNED-PAYLOAD\nx-amz-date:{now}\n\n"
        f"{names}\nUNSIGNED-PAYLOAD"
    )
    digest = hashlib.sha256(request.encode()).hexdigest()
    key = f"AWS4{os.environ['AWS_SECRET_ACCESS_KEY']}".encode()
    for word in [*scope.split("/"), f"AWS4-HMAC-SHA256\n{now}\n{scope}\n{digest}"]:
        key = hmac.new(key, word.encode(), hashlib.sha256).digest()
    return {
        "Host": host,
        "x-amz-date": now,
        "x-amz-content-sha256": "UNSIGNED-PAYLOAD",
        "Authorization": f"AWS4-HMAC-SHA256 Credential={os.environ['AWS_ACCESS_KEY_ID']}/{scope}, "
        f"SignedHeaders={names}, Signature={key.hex()}",
    }


def connected(endpoint=None):
    """DuckDB with httpfs and the store's secret."""
    import duckdb
    import duckdb_extension_httpfs

    store = urllib.parse.urlparse(endpoint or os.environ["AWS_ENDPOINT_URL"])
    folder = os.path.dirname(duckdb_extension_httpfs.__file__)
    session = duckdb.connect()
    session.execute(f"LOAD '{folder}/extensions/v{duckdb.__version__}/httpfs.duckdb_extension'")
    session.execute(
        f"CREATE SECRET (TYPE s3, KEY_ID '{os.environ['AWS_ACCESS_KEY_ID']}', "
        f"SECRET '{os.environ['AWS_SECRET_ACCESS_KEY']}', REGION '{os.environ['AWS_DEFAULT_REGION']}', "
        f"ENDPOINT '{store.netloc}', URL_STYLE 'path', USE_SSL false)"
    )
    return session


def join(task):
    """Joins exactly the objects of a task into local files, and uploads these.

    It has `task`, the SQL with the folders that it needs; `folder`, where that writes; and `prefix`, of the results.
    Prints the rows, and the seconds without the start of Python.
    """
    session, s3 = connected(), client()
    began = time.monotonic()
    rows = 0
    for folder in [*task["task"]["folders"], task["folder"]]:
        os.makedirs(folder, exist_ok=True)
    for statement in task["task"]["statements"]:
        answer = session.execute(statement).fetchone()
        rows += answer[0] if answer else 0
    paths = [os.path.join(root, name) for root, _, names in os.walk(task["folder"]) for name in names]
    side_by_side(
        lambda path: s3.upload_file(
            path, BUCKET, f"{task['prefix']}/{os.path.relpath(path, task['folder'])}"
        ),
        paths,
    )
    print(rows, time.monotonic() - began)


def wide(count, megabytes, prefix):
    import duckdb

    s3 = client()
    numbers = ", ".join(f"random() AS c{column}" for column in range(10))
    with tempfile.TemporaryDirectory() as folder:
        path = f"{folder}/wide.parquet"
        duckdb.execute(
            f"COPY (SELECT {numbers} FROM range({int(megabytes * 1e6 / 80)})) TO '{path}' (FORMAT parquet)"
        )
        side_by_side(
            lambda number: s3.upload_file(path, BUCKET, f"{prefix}/{number}.parquet"), range(count)
        )


def columns(endpoint, prefix):
    """Adds up two of ten columns, of whole downloads and by httpfs; prints the seconds of both, and the objects."""
    found = client().list_objects_v2(Bucket=BUCKET, Prefix=f"{prefix}/")["Contents"]
    keys = [object["Key"] for object in found]
    store = urllib.parse.urlparse(endpoint)

    def add_up(session, paths):
        return session.execute(f"SELECT sum(c3 + c7) FROM read_parquet({paths})").fetchone()

    with tempfile.TemporaryDirectory() as folder:

        def download(key):
            connection = http.client.HTTPConnection(store.hostname, store.port)
            path = urllib.parse.quote(f"/{BUCKET}/{key}")
            connection.request("GET", path, headers=signed("GET", path, store.netloc))
            answer = connection.getresponse()
            if answer.status != 200:
                raise SystemExit(f"GET {path}: {answer.status}")
            copy = f"{folder}/{os.path.basename(key)}"
            with open(copy, "wb") as file:
                shutil.copyfileobj(answer, file, 1 << 20)
            return copy

        session = connected(endpoint)
        began = time.monotonic()
        copied = add_up(session, side_by_side(download, keys))
        downloaded = time.monotonic() - began
    session = connected(endpoint)
    began = time.monotonic()
    read = add_up(session, [f"s3://{BUCKET}/{key}" for key in keys])
    if abs(copied[0] - read[0]) > 1e-6 * abs(read[0]):
        raise SystemExit(f"the sums differ: {copied} and {read}")
    print(downloaded, time.monotonic() - began, len(keys))


def pad(prefix, megabytes):
    """Puts another snapshot in the place of the newest one of a ledger, with many more lines in a run's log."""
    s3 = client()
    found = s3.list_objects_v2(Bucket=BUCKET, Prefix=f"{prefix}/snapshot-")["Contents"]
    old = max(object["Key"] for object in found)
    path = tempfile.mkstemp()[1]
    s3.download_file(BUCKET, old, path)
    with sqlite3.connect(path) as database:
        line = "A line of a log that is there to be large. " * 5
        lines = int(megabytes * 1e6 / (len(line) + 25))
        database.executemany(
            # The first run comes with a later change, with lines of lower numbers.
            "INSERT INTO run_log (id, run, instant, level, text) VALUES (?, 1, 0, 'info', ?)",
            ((1_000_000 + number, line) for number in range(lines)),
        )
    database.close()
    with open(path, "rb") as file:
        digest = hashlib.sha256(file.read()).hexdigest()
    s3.upload_file(path, BUCKET, f"{old.rsplit('-', 1)[0]}-{digest}")
    s3.delete_object(Bucket=BUCKET, Key=old)
    print(os.path.getsize(path))
    os.remove(path)


def kind(method, target, headers):
    query = urllib.parse.parse_qs(urllib.parse.urlparse(target).query, keep_blank_values=True)
    if method == "GET":
        name = "LIST" if "list-type" in query else "LIST uploads" if "uploads" in query else "GET"
        # There is a goal for the ledger's own.
        return f"ledger {name}" if "bench/ledger/" in urllib.parse.unquote(target) else name
    if method == "POST":
        if "delete" in query:
            return "DELETE of several"
        return "begin upload" if "uploads" in query else "complete upload"
    if method == "PUT":
        copy = "copy " if "x-amz-copy-source" in headers else ""
        return f"{copy}part" if "partNumber" in query else "copy" if copy else "PUT"
    return "abort upload" if "uploadId" in query else method


def count(port, milliseconds):
    """Prints its port; GET /counts tells what came since then. Ends with standard input."""
    counts, lock, local = {}, threading.Lock(), threading.local()

    class Proxy(http.server.BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def pass_on(self):
            if self.path == "/counts":
                with lock:
                    body = json.dumps(counts).encode()
                    counts.clear()
                return self.answer(200, [], body)
            with lock:
                name = kind(self.command, self.path, self.headers)
                counts[name] = counts.get(name, 0) + 1
            time.sleep(milliseconds / 1000)
            body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
            if not hasattr(local, "store"):
                local.store = http.client.HTTPConnection("127.0.0.1", port)
            local.store.putrequest(
                self.command, self.path, skip_host=True, skip_accept_encoding=True
            )
            for name, value in self.headers.items():
                local.store.putheader(name, value)
            local.store.endheaders(body or None)
            answer = local.store.getresponse()
            self.answer(answer.status, answer.getheaders(), answer.read())

        def answer(self, status, headers, body):
            self.send_response_only(status)
            for name, value in headers:
                if name.lower() not in ("content-length", "transfer-encoding", "connection"):
                    self.send_header(name, value)
            length = dict(headers).get("Content-Length", "0")
            self.send_header("Content-Length", length if self.command == "HEAD" else str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        do_GET = do_HEAD = do_PUT = do_POST = do_DELETE = pass_on

        def log_message(self, *_):
            pass

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Proxy)
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, daemon=True).start()
    os.write(1, f"{server.server_port}\n".encode())
    sys.stdin.read()


def main():
    work, *words = sys.argv[1:]
    if work == "join":
        with open(words[0]) as file:
            join(json.load(file))
    elif work == "count":
        count(int(words[0]), float(words[1]))
    elif work == "counts":
        print(urllib.request.urlopen(f"{words[0]}/counts").read().decode())
    elif work == "upload":
        upload(*words)
    elif work == "fill":
        fill(int(words[0]), words[1])
    elif work == "wide":
        wide(int(words[0]), float(words[1]), words[2])
    elif work == "columns":
        columns(*words)
    elif work == "pad":
        pad(words[0], int(words[1]))


main()
