"""Runs one object store, or one catalog, on loopback for as long as standard input stays open.

    peer.py (seaweedfs | moto | rclone | glue | ministack) PROGRAMS

Prints the port once the store takes objects, with a bucket `lake` in it (catalogs have none). When the tests end, however they end, their end
of standard input is closed: the store is killed, since SeaweedFS may ignore SIGTERM, and its folder removed.
"""

import json
import os
import random
import select
import shutil
import socket
import subprocess
import sys
import tempfile
import urllib.error
import urllib.request

HOST = "127.0.0.1"


def is_free(port):
    with socket.socket() as probe:
        try:
            probe.bind((HOST, port))
            return True
        except OSError:
            return False


def free_port():
    """A port below the ephemeral ones whose neighbor for gRPC, 10,000 higher, is free too."""
    while True:
        port = random.randrange(10000, 22000)
        if is_free(port) and is_free(port + 10000):
            return port


def answers(method, url, body=None):
    """The status of an answer; nothing while there is none."""
    try:
        request = urllib.request.Request(url, data=body, method=method)
        return urllib.request.urlopen(request, timeout=5).status
    except urllib.error.HTTPError as error:
        return error.code
    except OSError:
        return None


def seaweedfs(programs, folder):
    master, volume, filer, port = (free_port() for _ in range(4))
    identity = {
        "name": "test",
        "credentials": [{"accessKey": "test", "secretKey": "testsecret"}],
        "actions": ["Admin", "Read", "Write", "List", "Tagging"],
    }
    with open(f"{folder}/s3.json", "w") as file:
        json.dump({"identities": [identity]}, file)
    command = [
        f"{programs}/weed", "server", f"-dir={folder}", f"-ip={HOST}", f"-ip.bind={HOST}",
        "-master.telemetry=false", f"-master.port={master}", f"-volume.port={volume}",
        "-filer", f"-filer.port={filer}", "-s3", f"-s3.port={port}", f"-s3.config={folder}/s3.json",
        "-s3.iam=false", "-s3.port.iceberg=0", "-s3.port.lance=0",
        "-master.volumeSizeLimitMB=512", "-volume.max=200",
    ]

    # The filer takes a file only when it has volumes for it; a bucket is a folder of it.
    def is_ready():
        return (
            answers("PUT", f"http://{HOST}:{filer}/buckets/lake/ready", b"ready") == 201
            and answers("DELETE", f"http://{HOST}:{filer}/buckets/lake/ready") == 204
            and answers("GET", f"http://{HOST}:{port}/") == 403
        )

    return command, port, is_ready


def moto(programs, folder):
    port = free_port()
    command = [f"{programs}/python", "-m", "moto.server", "-H", HOST, "-p", str(port)]
    return command, port, lambda: answers("PUT", f"http://{HOST}:{port}/lake") == 200


def rclone(programs, folder):
    port = free_port()
    os.mkdir(f"{folder}/lake")
    command = [
        f"{programs}/rclone", "serve", "s3", "--config", f"{folder}/none", "--addr", f"{HOST}:{port}",
        "--auth-key", "test,testsecret", folder,
    ]
    return command, port, lambda: answers("GET", f"http://{HOST}:{port}/") is not None


def glue(programs, folder):
    port = free_port()
    command = [f"{programs}/python", f"{os.path.dirname(os.path.abspath(__file__))}/glue.py", str(port)]
    return command, port, lambda: answers("GET", f"http://{HOST}:{port}/") is not None


def ministack(programs, folder):
    port = free_port()
    command = [
        "/usr/bin/env", f"GATEWAY_PORT={port}", f"BIND_HOST={HOST}", f"{programs}/ministack",
    ]
    return command, port, lambda: answers("GET", f"http://{HOST}:{port}/_ministack/health") == 200


PEERS = {
    "seaweedfs": seaweedfs,
    "moto": moto,
    "rclone": rclone,
    "glue": glue,
    "ministack": ministack,
}


def main():
    kind, programs = sys.argv[1:]
    folder = tempfile.mkdtemp(prefix="dovetail-peer-")
    command, port, is_ready = PEERS[kind](programs, folder)
    environment = {**os.environ, "TMPDIR": folder}
    with open(f"{folder}/log", "wb") as log:
        store = subprocess.Popen(
            command, stdin=subprocess.DEVNULL, stdout=log, stderr=log, cwd=folder, env=environment,
            start_new_session=True,
        )
    try:
        while not is_ready():
            if store.poll() is not None:
                with open(f"{folder}/log", errors="replace") as log:
                    sys.exit(f"{kind} ended with {store.returncode}: {log.read()[-2000:]}")
            if select.select([sys.stdin], [], [], 0.05)[0]:
                return
        # In one piece, also where Python does not buffer: the other end is closed after the first.
        os.write(1, f"{port}\n".encode())
        sys.stdin.read()
    finally:
        store.kill()
        store.wait()
        shutil.rmtree(folder, ignore_errors=True)


main()
