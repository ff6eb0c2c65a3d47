"""Which answers go out compressed: pages, but none with secrets, and no file."""

import gzip

import pytest

from tests.factories import make_entry
from tests.photos.factories import make_photo

pytestmark = pytest.mark.django_db
GZIP = {"Accept-Encoding": "gzip, deflate, br"}


def test_pages_are_compressed_to_a_length_that_nobody_can_measure(ada, ada_client):
    make_entry(ada, "The sea was loud", title="At the lake")

    answers = [ada_client.get("/journal/", headers=GZIP) for _time in range(8)]

    for answer in answers:
        assert answer["Content-Encoding"] == "gzip"
        assert "Accept-Encoding" in answer["Vary"]
        assert int(answer["Content-Length"]) == len(answer.content)
        page = gzip.decompress(answer.content).decode()
        assert "At the lake" in page
        assert len(answer.content) < len(page) / 3
    assert len({len(answer.content) for answer in answers}) > 1
    plain = ada_client.get("/journal/")
    assert "Content-Encoding" not in plain
    assert "At the lake" in plain.content.decode()


def test_secrets_and_files_are_not(ada, ada_client):
    photo = make_photo(make_entry(ada))

    pages = ("/settings/", "/accounts/login/", "/sharing/invitation/not-one/")
    for path in (*pages, photo.small.url, "/insights/figures.csv"):
        answer = ada_client.get(path, headers=GZIP)
        assert "Content-Encoding" not in answer, path
