"""What nobody types by accident: a sentence or harmless text, never a 500, nothing lost."""

import re
from html import unescape
from urllib.parse import quote

import pytest
import time_machine

from journal.privacy.rls import acting_as
from journal.reflections.entries.markdown import to_html
from journal.reflections.entries.models import Entry
from tests.factories import make_entry, tag_of
from tests.markup import parse
from tests.page import compact

DAY = "2026-11-19"


def write(client, **fields):
    return client.post(
        "/journal/write/", {"title": "", "body": "Words", "written_on": DAY, **fields}
    )


def change(client, entry, **fields):
    posted = {"title": "", "body": "Mine", "written_on": DAY, "version": entry.version}
    return client.post(f"/journal/{entry.pk}/edit/", posted | fields)


def test_a_megabyte_is_refused_with_a_sentence_and_comes_back_whole(ada, ada_client):
    text = "w" * (1 << 20)

    for field in ("body", "title", "tags"):
        answer = write(ada_client, **{field: text})
        assert answer.status_code == 200
        assert text in compact(answer)
        assert 'id="errors"' in compact(answer)
    assert ada.entries.count() == 0


@pytest.mark.parametrize("field", ["body", "title", "tags"])
@pytest.mark.parametrize("raw", ["%ED%A0%80", "%00", "%FF%FE"])
def test_what_is_no_text_is_refused_or_replaced(ada, ada_client, field, raw):
    fields = {"body": "Words", "written_on": DAY, field: "RAW"}
    body = "&".join(f"{name}={quote(value)}" for name, value in fields.items())

    answer = ada_client.generic(
        "POST",
        "/journal/write/",
        body.replace("RAW", f"before{raw}after").encode(),
        content_type="application/x-www-form-urlencoded",
    )

    assert answer.status_code in (200, 302)
    if answer.status_code == 200:
        page = compact(answer)
        assert 'id="errors"' in page
        assert "before" in page
    else:
        with acting_as(ada):
            entry = ada.entries.get()
            said = {
                "body": entry.body,
                "title": entry.title,
                "tags": ", ".join(entry.tag_names),
            }
            assert said[field].startswith("before")
            assert said[field].endswith("after")


@pytest.mark.parametrize("day", ["0000-01-01", "9999-12-31", "2026-02-30", "-2026-01-01", "1e9"])
def test_a_day_that_cannot_be_is_refused_and_the_words_come_back(ada, ada_client, day):
    answer = write(ada_client, written_on=day, body="Kept words")

    assert answer.status_code == 200
    assert "Kept words" in compact(answer)
    for address in (
        f"/journal/?day={day}&entry=x",
        f"/journal/?month={day[:7]}",
        f"/journal/print/?from={day}&to={day}",
    ):
        assert ada_client.get(address).status_code == 200


@pytest.mark.parametrize(
    ("instant", "written_time"),
    [
        ("2026-03-29 01:30:00+00:00", "03:30"),  # 02:30 does not exist that night in Berlin
        ("2026-10-25 00:30:00+00:00", "02:30"),  # and this one comes twice
        ("2026-10-25 01:30:00+00:00", "02:30"),
    ],
)
def test_the_hour_that_does_not_exist_or_comes_twice(ada, ada_client, instant, written_time):
    with time_machine.travel(instant, tick=False):
        address = write(ada_client, written_on=instant[:10]).url
        page = compact(ada_client.get(address))

    assert f", {written_time}</h1>" in page


@pytest.mark.parametrize("version", ["0", "7", "-1", "99999999999999999999", "x", "", "1.5", "1e3"])
def test_a_forged_version_overwrites_nothing_and_loses_nothing(ada, ada_client, version):
    entry = make_entry(ada, "Theirs")

    answer = change(ada_client, entry, version=version)

    assert answer.status_code in (200, 409)
    assert "Mine" in compact(answer)
    with acting_as(ada):
        assert ada.entries.get().body == "Theirs"


@pytest.mark.parametrize("sitting", ["x", "", "01a20810-4259-7056-8781-d275d1310c40", "\0"])
def test_a_forged_sitting_keeps_the_words_it_writes_over(ada, ada_client, sitting):
    entry = make_entry(ada, "Before")

    answer = change(ada_client, entry, sitting=sitting)

    with acting_as(ada):
        stored = ada.entries.get()
        if answer.status_code == 302:
            assert (stored.body, stored.earlier.get().body) == ("Mine", "Before")
        else:
            assert stored.body == "Before"
            assert "Mine" in compact(answer)


def test_somebody_elses_id_is_not_found_and_its_words_do_not_show(ada, eve, ada_client):
    eves = make_entry(eve, "Hers", tagged=["Secret"])

    assert change(ada_client, eves).status_code == 404
    taken = write(ada_client, id=str(eves.pk), body="Mine")
    assert taken.status_code == 409
    assert "Mine" in compact(taken)
    assert "Hers" not in compact(taken)
    for address in (f"/journal/?tag={tag_of(eves).pk}", f"/journal/?day={DAY}&entry={eves.pk}"):
        assert "Hers" not in compact(ada_client.get(address))
    with acting_as(eve):
        assert Entry.objects.get(pk=eves.pk).body == "Hers"


# From the corpora that people use to test Markdown and HTML cleaners, and our own htmx.
ATTACKS = """
<script>alert(1)</script>
<ScRiPt src=//evil.example/x.js></sCrIpT>
<scr<script>ipt>alert(1)</scr</script>ipt>
<img src=x onerror=alert(1)>
<img src="x` `<script>alert(1)</script>"` `>
<svg/onload=alert(1)>
<svg><animate onbegin=alert(1) attributeName=x dur=1s>
<svg><a xlink:href="javascript:alert(1)"><text x=0 y=20>x</text></a></svg>
<math><mtext></p><style><!--</style><img title="--&gt;&lt;img src=x onerror=alert(1)&gt;">
<iframe srcdoc="<script>alert(1)</script>"></iframe>
<object data="data:text/html;base64,PHNjcmlwdD5hbGVydCgxKTwvc2NyaXB0Pg=="></object>
<form action=/journal/trash/empty/ method=post><button>x</button></form>
<input onfocus=alert(1) autofocus>
<details open ontoggle=alert(1)>
<body onload=alert(1)>
<base href=//evil.example/>
<meta http-equiv=refresh content="0;url=//evil.example/">
<link rel=stylesheet href=//evil.example/x.css>
<style>@import '//evil.example/x.css';</style>
<p style="background:url(//evil.example/x)">x</p>
<a href="javascript:alert(1)">x</a>
<div hx-get="/journal/" hx-trigger="load">x</div>
<div data-hx-post="/journal/trash/empty/" data-hx-trigger="load">x</div>
<div hx-on:click="alert(1)" hx-on--load="alert(1)">x</div>
<button data-hx-delete="/x" hx-ext="x" hx-swap-oob="true" id="results">x</button>
<div id="autosave" data-autosave="/x" data-print data-words-in="x">x</div>
[x](javascript:alert(1))
[x](JaVaScRiPt:alert(1))
[x]( javascript:alert(1))
[x](javascript&colon;alert(1))
[x](java&#x09;script:alert(1))
[x](&#106;avascript:alert(1))
[x](\\u006aavascript:alert(1))
[x](<javascript:alert(1)>)
[x](vbscript:msgbox(1))
[x](data:text/html;base64,PHNjcmlwdD5hbGVydCgxKTwvc2NyaXB0Pg==)
[x](file:///etc/passwd)
[x](https://example.org" onmouseover="alert(1))
[x](https://example.org "t\\" onmouseover=\\"alert(1)")
[x](//evil.example 'a" hx-get="/x')
[x][y]
[y]: javascript:alert(1)
<javascript:alert(1)>
<https://example.org" onclick="alert(1)>
![x](javascript:alert(1))
![x](x "onerror=alert(1)")
![x](https://evil.example/pixel.png)
`<script>alert(1)</script>`
    <script>alert(1)</script>
# <img src=x onerror=alert(1)>
> <svg onload=alert(1)>
- <a onclick=alert(1)>x</a>
| <img src=x onerror=alert(1)> | a |
~~<script>alert(1)</script>~~
&lt;script&gt;alert(1)&lt;/script&gt;
&#60;script&#62;alert(1)&#60;/script&#62;
<!-- --><script>alert(1)</script>
<![CDATA[<script>alert(1)</script>]]>
<?php echo 1 ?>
{{ settings.SECRET_KEY }} {% debug %} {# x #}
""".strip("\n").split("\n")
TAGS = {"p", "br", "hr", "em", "strong", "s", "blockquote", "ul", "ol", "li", "code", "pre", "a"}
TAGS |= {"h2", "h3", "h4", "h5", "h6", "table", "thead", "tbody", "tr", "th", "td"}
TAGS |= {"div", "small", "span"}
ATTRIBUTES = {"href", "title", "rel", "class", "tabindex", "dir"}
SCHEMES = {"http", "https", "mailto", "tel"}


def dangers(html):
    """Tags, attributes and addresses that do not belong into what was made from Markdown."""
    for tag, attributes in re.findall(r"<([a-zA-Z!?][^\s/>]*)([^>]*)>", html):
        if tag not in TAGS:
            yield tag
        for name, value in re.findall(r'([^\s=]+)="([^"]*)"', attributes):
            if name not in ATTRIBUTES:
                yield f"{tag} {name}"
            scheme = re.match(r"\W*([a-z][a-z0-9+.-]*):", unescape(value), re.IGNORECASE)
            if name == "href" and scheme and scheme[1] not in SCHEMES:
                yield value


@pytest.mark.parametrize("attack", ATTACKS)
def test_no_attack_gets_through_markdown(attack):
    for text in (attack, f"Some words\n\n{attack}\n\nmore", f"> - {attack}", f"**{attack}**"):
        assert list(dangers(to_html(text))) == []


def test_the_attacks_would_be_noticed():
    found = [list(dangers(attack)) for attack in ATTACKS if attack.startswith("<")]

    assert [attack for attack in found if not attack] == []


def test_no_attack_gets_through_a_page(ada, ada_client):
    """In a body, a title, a tag and a prompt; read, listed, searched, printed and compared."""
    text = "\n\n".join(ATTACKS)
    short = "<img src=x onerror=alert(1)>"
    hx = '" hx-get="/x" data-hx-on="'
    ada_client.post("/journal/prompts/", {"text": hx + short})
    with acting_as(ada):
        prompt = ada.own_prompts.get()
    entry = {"title": hx + short, "tags": short, "prompt": str(prompt.pk), "body": text}
    address = write(ada_client, **entry).url
    with acting_as(ada):
        stored = ada.entries.get()
    assert change(ada_client, stored, body=text + " more", title=hx).status_code == 302
    pages = [
        compact(ada_client.get(path, follow=True))
        for path in (
            address,
            f"{address}edit/",
            f"{address}earlier/",
            f"{address}earlier/1/",
            "/journal/?narrow=1",
            f"/journal/print/?from={DAY}&to={DAY}",
            "/journal/prompts/",
            f"/journal/write/?prompt={prompt.pk}",
        )
    ]
    pages.append(compact(ada_client.post("/search/", {"q": "alert"}, follow=True)))

    for page in pages:
        assert "alert(1)" in page or "hx-get" in page
        assert "onerror=alert(1)>" not in page
        assert "<script>alert" not in page
        _document, errors = parse(page)
        assert errors == []
        for tag in re.findall(r"<[a-z][^>]*>", page):
            assert 'hx-get="/x"' not in tag
