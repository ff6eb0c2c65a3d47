"""The web server by itself, as tests/bench starts it; `manage.py serve` forks it.

python -m journal.webserver --port 8000 selftrust.wsgi:application
"""

import argparse
import socket

from journal.webserver.application import load, run


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--port", type=int, required=True, help="listen on this port of localhost")
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--threads", type=int, default=4)
    parser.add_argument("application")
    chosen = parser.parse_args()
    listening = socket.create_server(("127.0.0.1", chosen.port))
    run(load(chosen.application), listening, workers=chosen.workers, threads=chosen.threads)


if __name__ == "__main__":
    main()
