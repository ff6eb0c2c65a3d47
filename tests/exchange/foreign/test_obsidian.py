"""Obsidian's vaults."""

from datetime import date

import pytest

from journal.exchange.models import Import
from journal.privacy.rls import acting_as
from tests.exchange.factories import packed
from tests.exchange.foreign.reading import asked, entries, left_out, read, sample
from tests.photos.factories import make_file

pytestmark = pytest.mark.django_db
PAGE = """---
created: 2024-03-07
people: ["[[Gran]]", "[[Ida|her]]"]
---
Walked with [[Gran|my Gran]] and [[Ida#Then]]. %%not for
anyone%%

> [!note]- The sea
> was there ^block-1

> [!tip]
> Go.

![[Gran]] ![[sea.png|300]] [the day](2024-03-08.md) #walk x^2

```
%%code%% [[kept as it is]]
```"""


def march(day: int) -> date:
    return date(2024, 3, day)


def label(row: Import) -> str:
    return row.preview["app"]


def test_a_vault(ada):
    files = {
        "Vault/Daily/walk.md": PAGE,
        "Vault/Daily/2024-03-08.md": "- [ ] shoes",
        "Vault/sea.png": make_file(kind="PNG").getvalue(),
        "Vault/Excalidraw/2024-03-09.excalidraw.md": "drawing",
        "Vault/Meta/Forms/2024-03-10 a.md": "template",
        "Vault/Daily/form 2024-03-11.md": "template",
        "Vault/.trash/2024-03-12.md": "thrown away",
        "Vault/.obsidian/templates.json": '{"folder": "Meta/Forms"}',
        "Vault/.obsidian/daily-notes.json": '{"template": "Daily/form 2024-03-11"}',
        "Vault/.obsidian/app.json": "{}",
    }
    row = read(ada, packed(files))
    body = (
        "Walked with my Gran and Ida#Then.\n\n> **The sea**\n> was there\n\n> **Tip**\n> Go.\n\n"
        "Gran  the day #walk x^2\n\n```\n%%code%% [[kept as it is]]\n```\n\nPeople: Gran, her"
    )
    assert label(row) == "Obsidian"
    assert [shown[:4] for shown in entries(ada)] == [
        (march(7), "", "", body),
        (march(8), "", "", "- [ ] shoes"),
    ]
    assert asked(row) == {"also templates": 2, "also trash": 1, "extra people": 1}
    assert left_out(row) == {
        "It’s a setting of the other app.": 3,
        "It’s a drawing, a board or a list, so it stays in your file.": 1,
    }
    with acting_as(ada):
        assert [one.description for one in ada.photos.all()] == [""]
    read(ada, packed(files), asked="1", also=["templates", "trash"])
    assert len(entries(ada)) == 5


def test_a_vault_without_its_settings_is_the_same(ada):
    read(ada, sample("obsidian.zip"))
    before = entries(ada)
    page = {"Daily/2024-03-03.md": "Now with a [[link]].", "Daily/2024-03-04.md": "Other"}
    row = read(ada, packed(page))
    assert (label(row), row.preview["new"], row.preview["changed"]) == ("Obsidian", 0, 2)
    assert len(entries(ada)) == len(before)
    plain = read(ada, packed({"Daily/2024-03-04.md": "Without a link"}))
    assert (label(plain), plain.preview["new"], plain.preview["changed"]) == ("Markdown", 0, 1)


def test_hostile_pages_take_no_time(ada):
    lines = ["%%" * 50_001, "[[" * 50_000, "> [!" * 20_000, " ^" * 50_000, "`" * 100_000]
    files = {f"2024-03-0{n}.md": line for n, line in enumerate(lines, start=1)}
    row = read(ada, packed({**files, ".obsidian/templates.json": "[1", ".obsidian/x": ""}))
    assert label(row) == "Obsidian"
