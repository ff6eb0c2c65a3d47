"""As much of an S3 server as the storage asks for, in memory."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

LISTED = "2026-01-01T00:00:00.000Z"
DATED = "Thu, 01 Jan 2026 00:00:00 GMT"


class Handler(BaseHTTPRequestHandler):
    objects: dict[str, bytes]

    def answer(self, status: int, body: bytes = b"") -> None:
        self.send_response(status)
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Last-Modified", DATED)
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    @property
    def name(self) -> str:
        return self.path.partition("?")[0].removeprefix("/bucket/")

    def do_PUT(self) -> None:
        self.objects[self.name] = self.rfile.read(int(self.headers["Content-Length"]))
        self.answer(200)

    def do_GET(self) -> None:
        if self.name in self.objects:
            self.answer(200, self.objects[self.name])
        elif "list-type=2" in self.path or self.name in ("/bucket", ""):
            rows = "".join(
                f"<Contents><Key>{name}</Key><Size>{len(data)}</Size>"
                f"<LastModified>{LISTED}</LastModified></Contents>"
                for name, data in self.objects.items()
            )
            self.answer(200, f"<ListBucketResult>{rows}</ListBucketResult>".encode())
        else:
            self.answer(404)

    do_HEAD = do_GET

    def do_DELETE(self) -> None:
        self.objects.pop(self.name, None)
        self.answer(204)

    def log_message(self, *_arguments: object) -> None:
        pass


@contextmanager
def running() -> Iterator[str]:
    """The address of a bucket, as SELFTRUST_PHOTOS_URL names it."""
    objects: dict[str, bytes] = {}
    server = ThreadingHTTPServer(
        ("127.0.0.1", 0), type("Handler", (Handler,), {"objects": objects})
    )
    threading.Thread(target=server.serve_forever, args=[0.01], daemon=True).start()
    try:
        yield f"s3://key:secret@127.0.0.1:{server.server_port}/bucket?region=eu&tls=no"
    finally:
        server.shutdown()
        server.server_close()
