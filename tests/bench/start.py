"""`python -m tests.bench.start`: what the first start on an empty folder takes until it answers,
what the next one does, and what is in memory then. `make bench` ends with it.

CPU seconds are of `serve` and everything it has started, those that have ended too. Static files
are collected before, as an image has them.
"""

import http.client
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from tests.processes import family

TIMES, PORT = 3, 8796
MANAGE = str(Path(__file__).parents[2] / "manage.py")


def starts() -> None:
    place = Path(tempfile.mkdtemp(prefix="selftrust-start-"))
    place.chmod(0o711)
    environment = {**os.environ, "PORT": str(PORT), "SELFTRUST_STATIC_ROOT": str(place / "static")}
    environment["DJANGO_SETTINGS_MODULE"] = "selftrust.settings"
    print(f"\n{'Until / and /readyz answer':26}{'CPU s':>8}{'s':>8}")
    try:
        for number in range(TIMES):
            environment["SELFTRUST_DATA_DIR"] = str(place / f"var{number}")
            if not number:
                collect = [sys.executable, MANAGE, "collectstatic", "--noinput", "-v0"]
                subprocess.run(collect, env=environment, check=True)
            for name in ("first start", "next start"):
                _start(name, environment)
    finally:
        shutil.rmtree(place, ignore_errors=True)


def _start(name: str, environment: dict[str, str]) -> None:
    began = time.monotonic()
    command = [sys.executable, MANAGE, "serve"]
    serve = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL)
    try:
        while not (_answers("/") and _answers("/readyz")):
            if serve.poll() is not None:
                raise SystemExit("serve ended")
            time.sleep(0.02)
        took = time.monotonic() - began
        cpu = sum(sum(process.cpu_times()[:4]) for process in family(serve.pid))
        print(f"{name:26}{cpu:8.1f}{took:8.1f}", flush=True)
    finally:
        serve.send_signal(signal.SIGTERM)
        serve.wait()


def _answers(path: str) -> bool:
    try:
        connection = http.client.HTTPConnection("127.0.0.1", PORT, timeout=20)
        connection.request("GET", path, headers={"Host": "localhost"})
        return connection.getresponse().status == 200
    except OSError:
        return False


if __name__ == "__main__":
    starts()
