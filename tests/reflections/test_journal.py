from tests.factories import make_entry


def test_ada_writes_reads_and_finds_an_entry(ada, ada_client):
    answer = ada_client.post(
        "/journal/write/",
        {"title": "", "body": "The *quote* could wait", "written_on": "2026-11-19"},
    )

    entry = ada.entries.get()
    assert answer.status_code == 302
    assert answer.url == f"/journal/{entry.pk}/"
    page = ada_client.get(answer.url).content.decode()
    assert "<em>quote</em>" in page
    assert "The quote could wait" in ada_client.get("/journal/").content.decode()
    found = ada_client.post("/search/", {"q": "QUOTE"}, follow=True).content.decode()
    assert "<mark>quote</mark>" in found


def test_eve_finds_nothing_of_adas(ada, eve_client):
    entry = make_entry(ada, "Something private")

    assert eve_client.get(f"/journal/{entry.pk}/").status_code == 404
    assert "private" not in eve_client.get("/journal/").content.decode()
