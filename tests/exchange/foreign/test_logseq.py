"""Logseq's graph: outlines, properties and references."""

from datetime import date

import pytest

from journal.exchange.foreign.importers import logseq
from journal.privacy.rls import acting_as
from tests.exchange.factories import packed
from tests.exchange.foreign.reading import asked, entries, left_out, read
from tests.photos.factories import make_file

pytestmark = pytest.mark.django_db
BLOCK = "65e9b3a2-0000-4000-8000-000000000001"
FIRST = f"""- Walked after lunch #walk
  mood:: good
  id:: 1
- TODO call [[Gran]]
  collapsed:: true
\t- child of [the call]([[Gran]]) #[[two words]]
- DONE shoes
  id:: {BLOCK}
  :LOGBOOK:
  CLOCK: [2024-03-07 Thu 10:00:00]
  :END:
- ```
  left:: as it is
  ```"""
SECOND = f"""tags:: [[sea]], #wind
place:: Hut

- {{{{embed (({BLOCK}))}}}}
- see (({BLOCK.replace("1", "2")}))
- {{{{query (todo now)}}}}
- ![img](../assets/image_1.png){{:height 200, :width 300}}
-"""


def march(day: int) -> date:
    return date(2024, 3, day)


def graph() -> dict[str, bytes | str]:
    return {
        "graph/journals/2024_03_07.md": FIRST,
        "graph/journals/2024_03_08.md": SECOND,
        "graph/journals/2024_03_09.md": "-\n",
        "graph/journals/2024_03_10.org": "* org",
        "graph/pages/Gran.md": "- page",
        "graph/assets/image_1.png": make_file(kind="PNG").getvalue(),
        "graph/logseq/config.edn": "{}",
        "graph/logseq/bak/journals/2024_03_07/2024-03-08T10_00_00.000Z.Desktop.md": "- old",
        "graph/logseq/.recycle/journals_2024_03_11.md": "- thrown away",
    }


def test_a_graph(ada):
    row = read(ada, packed(graph()))
    assert entries(ada) == [
        (
            *(march(7), "", ""),
            "- Walked after lunch #walk\n- [ ] call Gran\n    - child of the call #two words\n"
            "- [x] shoes\n- ```\n  left:: as it is\n  ```\n\nMood: good",
            ["walk", "two words"],
        ),
        (march(8), "", "", "- shoes\n- see", ["sea", "wind"]),
    ]
    assert asked(row) == {
        **{"also trash": 1, "also file_time": 1, "extra mood": 1, "extra place": 1},
    }
    assert left_out(row) == {
        "It is empty.": 1,
        "It has no date, either in its front matter or in its name.": 1,
        "It’s written in Org mode, which we can’t read.": 1,
        "It’s a setting of the other app.": 1,
        "It’s an older copy that the other app kept, so it stays in your file.": 1,
    }
    with acting_as(ada):
        assert ada.photos.count() == 1
    read(ada, packed(graph()), asked="1", also=["trash"])
    assert entries(ada)[2][:4] == (march(11), "", "", "- thrown away")


def test_a_graph_is_the_same_as_its_folder_of_journals(ada):
    page = {"journals/2024_03_07.md": "- One"}
    read(ada, packed(page))
    later = {"x/journals/2024_03_07.md": "- Two", "x/logseq/config.edn": ""}
    preview = read(ada, packed(later)).preview
    assert (preview["new"], preview["changed"]) == (0, 1)


def test_hostile_lines_take_no_time(ada):
    lines = [
        "((" * 5000,
        "{{" * 5000,
        "[[" * 5000,
        "#[[" * 5000,
        "[](" * 5000,
        ":LOGBOOK:\n" * 5000,
    ]
    read(ada, packed({f"journals/2024_03_0{n}.md": line for n, line in enumerate(lines, start=1)}))
    assert logseq.PROPERTY.match("a" * 100_000 + "::") is None
