"""A large file, as a browser sends it to the real server."""

import html
import os
import re
from http.client import HTTPConnection

from tests.embedded.conftest import until
from tests.embedded.running import Visitor, queue_processes

LARGE = 5 * 1024 * 1024  # bytes


def send_file(ada: Visitor, address: str, file: bytes) -> int:
    """The status of the answer."""
    boundary = os.urandom(16).hex()
    fields = {
        'name="csrfmiddlewaretoken"': ada.token.encode(),
        'name="file"; filename="journal.zip"': file,
    }
    parts = [
        b"--%s\r\nContent-Disposition: form-data; %s\r\n\r\n%s\r\n"
        % (boundary.encode(), name.encode(), value)
        for name, value in fields.items()
    ]
    connection = HTTPConnection("localhost", ada.port, timeout=30)
    headers = {
        "Cookie": "; ".join(f"{name}={value}" for name, value in ada.cookies.items()),
        "Content-Type": f"multipart/form-data; boundary={boundary}",
    }
    body = b"".join([*parts, f"--{boundary}--\r\n".encode()])
    connection.request("POST", address, body, headers)
    status = connection.getresponse().status
    connection.close()
    return status


def test_a_large_file_comes_in_by_the_page_that_offers_it_and_nowhere_else(installation):
    serve, ada, data = installation.serve, installation.ada, installation.data
    # What imports would find that it is no archive, and may have removed it before we look.
    imports = until(lambda: queue_processes(serve))[:2]
    for process in imports:
        process.suspend()
    page = ada.ask("GET", "/settings/import/")[1]
    address = html.unescape(re.search(r'action="(/settings/import/[^"]*)"', page)[1])
    words = os.urandom(LARGE)

    assert send_file(ada, address, words) == 302
    assert send_file(ada, "/settings/import/", words) == 403
    assert send_file(ada, "/journal/write/", words) == 413
    assert any(file.stat().st_size > LARGE for file in (data / "imports").iterdir())
    assert not any(words[:32] in file.read_bytes() for file in data.rglob("*") if file.is_file())
    for process in imports:
        process.resume()
