"""Photos that another app shares without the service worker: never kept, and always said."""

import re
import time

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from journal.people.sessions import LOCKED
from journal.privacy.ownership import uuid7
from journal.webserver.environ import REFUSED
from tests.factories import PASSWORD
from tests.page import compact
from tests.people.test_signed_out import TYPED, form_of, sign_in
from tests.photos.factories import make_file
from tests.reflections.test_capture import MISSING, NOTE, SHARE, body_of, note_form


def shared_photo() -> SimpleUploadedFile:
    return SimpleUploadedFile("lake.jpg", make_file().getvalue(), "image/jpeg")


def test_photos_are_said_to_be_missing_and_the_entry_opens_after_save(ada, ada_client):
    answer = ada_client.post(SHARE, {"text": "At the lake", "photos": shared_photo()})
    assert body_of(answer) == "At the lake"
    assert MISSING in compact(answer)
    form = note_form(answer)

    saved = ada_client.post(form.action, form.fields)

    entry = ada.entries.get()
    assert saved.url.partition("?")[0] == f"/journal/{entry.pk}/edit/"
    assert not entry.photos.exists()
    assert MISSING not in compact(ada_client.post(SHARE, {"text": "Words alone"}))


def test_a_refused_note_still_knows_that_photos_were_shared(ada_client):
    form = note_form(ada_client.post(SHARE, {"photos": shared_photo()}))

    again = note_form(ada_client.post(form.action, form.fields | {"body": " "}))

    assert again.action == form.action


def test_a_note_saved_as_several_takes_its_photos_to_the_first(ada, ada_client):
    form = note_form(ada_client.post(SHARE, {"photos": shared_photo()}))
    long = "One thing after another. " * 1000
    answer = ada_client.post(form.action, form.fields | {"body": long})
    to = re.search(r'formaction="([^"]+)"', answer.content.decode())[1].replace("&amp;", "&")

    saved = ada_client.post(to, {**note_form(answer).fields, "do": "split"})

    first = ada.entries.order_by("id")[0]
    assert ada.entries.count() == 2
    shared = form.action.partition("shared=")[2].partition("&")[0]
    assert saved.url == f"/journal/{first.pk}/edit/?shared={shared}"


def test_large_photos_leave_their_words_and_names_and_nothing_is_kept(ada, ada_client):
    large = SimpleUploadedFile("a<b>.jpg", bytes(settings.DATA_UPLOAD_MAX_MEMORY_SIZE * 2))
    answer = ada_client.post(SHARE, {"title": "Lake", "text": "Cold", "photos": [large, large]})

    assert body_of(answer) == "Lake\n\nCold"
    assert answer.content.decode().count("a&lt;b&gt;.jpg</li>") == 2
    assert {file.size for file in answer.wsgi_request.FILES.getlist("photos")} == {0}
    assert not ada.entries.exists()


def test_a_share_that_the_web_server_refused_is_told_what_to_do(client):
    for path, is_said in ((settings.SHARE_PATH, True), (NOTE, False)):
        answer = client.post(path, **{REFUSED: 413})
        assert answer.status_code == 413
        assert ("Save your note first" in compact(answer)) == is_said


@pytest.mark.parametrize("words", [{}, {"text": TYPED}])
def test_photos_are_said_to_be_missing_after_a_locked_session(ada, ada_client, words):
    session = ada_client.session
    session[LOCKED] = time.time()
    session.save()
    answer = ada_client.post(SHARE, {**words, "photos": shared_photo()})

    form = form_of(answer, "/accounts/reauthenticate/")
    answer = ada_client.post(form.action, {**form.fields, "password": PASSWORD})
    form = form_of(answer, SHARE)
    answer = ada_client.post(form.action, form.fields)

    assert body_of(answer) == words.get("text", "")
    assert MISSING in compact(answer)


@pytest.mark.parametrize("words", [{}, {"text": TYPED}])
def test_photos_are_said_to_be_missing_after_signing_in(ada, words):
    phone, headers = Client(enforce_csrf_checks=True), {"sec-fetch-site": "none"}
    answer = phone.post(SHARE, {**words, "photos": shared_photo()}, headers=headers, follow=True)

    answer = sign_in(phone, answer)
    if words:
        form = form_of(answer, SHARE)
        answer = phone.post(form.action, form.fields)
        assert body_of(answer) == TYPED
    else:
        answer = phone.get(answer.url, follow=True)

    assert MISSING in compact(answer)


@pytest.mark.parametrize("site", ["cross-site", "same-site"])
def test_another_site_leads_nobody_to_shared_photos(client, ada_client, site):
    for browser in (client, ada_client):
        address = f"{NOTE}?shared={uuid7()}&photos=1"
        assert browser.get(address, headers={"sec-fetch-site": site}).status_code == 403
        assert browser.get(NOTE, headers={"sec-fetch-site": site}).status_code == 302
