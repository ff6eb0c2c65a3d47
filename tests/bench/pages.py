"""What the bench asks for, under the names of its table."""

import re
from collections.abc import Callable
from datetime import date
from functools import partial
from uuid import uuid4

from tests.bench.visitors import Program, Tap, Typing, Visitor


def whole_pages(
    bare: Visitor, visitors: list[Visitor], deep: str, client: str, token: dict[str, str]
) -> dict[str, Callable[[], object]]:
    few, many, accents, kept, years, coach, pictures, five, lots = visitors
    year = f"{date.today():%Y}"
    entry = {"title": "Bench", "body": "Words that are written down.", "written_on": "2026-01-02"}
    row = {"title": "Bench", "body": "Words that are written down.", "day": "2026-01-02"}
    return {
        "H8, bare Django": lambda: bare.get("/h8/"),
        "Today, 100 entries": lambda: few.get("/today/"),
        "Today, 20,000 entries": lambda: many.get("/today/"),
        "Today, and 5 promises": lambda: five.get("/today/"),
        "Today, and 50 promises": lambda: kept.get("/today/"),
        "Today, and 200 promises": lambda: lots.get("/today/"),
        "Promises, 5": lambda: five.get("/promises/"),
        "Promises, 50": lambda: kept.get("/promises/"),
        "Promises, 200": lambda: lots.get("/promises/"),
        "Journal, 100 entries": lambda: few.get("/journal/"),
        "Journal, 20,000 entries": lambda: many.get("/journal/"),
        "Journal, 20 photos": lambda: pictures.get("/journal/"),
        "Journal, a month": lambda: many.get(f"/journal/?month={date.today():%Y-%m}"),
        "Journal, a year": lambda: many.get(f"/journal/year/{year}/"),
        "Book of a year": lambda: many.get("/journal/book/"),
        "Journal, page 200": lambda: many.get(f"/journal/{deep}"),
        "Insights, three years": lambda: years.get("/insights/"),
        "Insights, of a year": lambda: years.get("/insights/?window=year"),
        "Figures, of a year": lambda: years.get("/insights/figures.csv?window=year"),
        "Coach, 200 clients": lambda: coach.get("/coach/"),
        "Coach, a client": lambda: coach.get(client),
        "Coach, a brief": lambda: coach.get(f"{client}brief/"),
        "Coach, shared entries": lambda: coach.get("/coach/shared/entry/"),
        "Coach, whom to suggest to": lambda: coach.get("/coach/suggest/"),
        "Coach, library": lambda: coach.get("/coach/library/"),
        "API, 50 entries": Program(f"http://localhost:{many.port}/api/v1/entries?limit=50", token),
        "Sign-in, its page": lambda: Visitor("", many.port, "/accounts/login/"),
        "Insert, bare Django": lambda: bare.post("/insert/", row, 302),
        "Create an entry": lambda: many.post("/journal/write/", {**entry, "id": str(uuid4())}, 302),
        "Search, frequent word": lambda: many.search("crowded"),
        "Search, frequent, accents": lambda: accents.search("crowded"),
    }


def parts(
    visitors: list[Visitor], promises: list[str], steps: list[str], step: str
) -> dict[str, Callable[[], object]]:
    """What is asked for without a new page, and the steps of a flow."""
    few, _many, _accents, kept, _years, _coach, _pictures, five, lots = visitors
    day = re.search(r'name="date" value="([\d-]+)"', five.get("/today/")).group(1)
    entry = {"title": "", "body": "And so", "written_on": day}
    version = re.search(r'name="version" value="(\d+)"', five.get(step)).group(1)
    answer = {"do": "autosave", "why": "And so"}
    found: dict[str, Callable[[], object]] = {
        "Tap on Kept, of 5": Tap(five, promises[0], day),
        "Tap on Kept, of 50": Tap(kept, promises[1], day),
        "Tap on Kept, of 200": Tap(lots, promises[2], day),
        "The week after it, of 50": lambda: kept.htmx("/today/", "week"),
        "A promise": lambda: kept.get(f"/promises/{promises[1]}/"),
        "Write": lambda: few.get(f"/journal/write/?id={uuid4()}"),
        "Practices": lambda: kept.get("/practices/"),
        "Lessons": lambda: kept.get("/lessons/"),
        "Settings": lambda: few.get("/settings/"),
        "Search, its page": lambda: few.get("/search/"),
        "Autosave of an entry": Typing(few, f"/journal/{uuid4()}/autosave/", entry, "body"),
        "Autosave of a step": Typing(five, step, answer, "why", version),
        "A step": lambda: five.get(step),
    }
    for address in steps:
        slug = address.rstrip("/").rpartition("/")[2]
        found[f"Sunday, {slug}, of 50"] = partial(kept.get, address)
    return found


def rare(visitors: list[Visitor]) -> dict[str, Callable[[], object]]:
    return {
        "Search, absent, ASCII": lambda: visitors[1].search("zeppelin"),
        "Search, absent, accents": lambda: visitors[2].search("zeppelin"),
    }
