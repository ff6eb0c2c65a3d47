"""What the tables of promises ask of their rows (tests/exchange/strategies.py)."""

from datetime import timedelta
from typing import Any

Fields = dict[str, Any]


def must(fields: Fields, *names: str) -> None:
    for name in names:
        fields[name] = fields[name] or "x"


def rhythm(fields: Fields, any_: Any) -> None:
    fields["weekdays"] = any_.some_of(list(range(7)), 1)
    fields["times_per_week"], fields["due_on"] = any_.random.randint(1, 7), any_.day()


def promise(fields: Fields, any_: Any) -> None:
    rhythm(fields, any_)
    finished, ended = any_.finished(fields), any_.random.random() < 0.3
    fields["ends_on"] = fields["ended_on"] = None
    fields["retire_reason"] = ""
    fields["state"] = any_.random.choice(["active", "paused"]) if finished else "draft"
    if finished:
        must(fields, "statement", "cadence")
        fields["cadence"] = fields["cadence"] if fields["cadence"] != "x" else "daily"
        fields["starts_on"] = fields["ends_on"] = any_.day()
    if ended and not finished:  # a line of the list that was done
        fields["step"], fields["ended_on"] = "list", any_.day()
    if finished and ended:
        fields["state"], fields["ended_on"] = "retired", any_.day()
        fields["retire_reason"] = "other"


def check_in(fields: Fields, any_: Any) -> None:
    fields["excuse"] = fields["excuse"] if fields["status"] == "excused" else ""


def pause(fields: Fields, any_: Any) -> None:
    fields["until_on"] = fields["until_on"] and fields["from_on"] + timedelta(days=3)


def experiment(fields: Fields, any_: Any) -> None:
    must(fields, "way_a")
    must(fields, "way_b")
    weeks = any_.random.choice([8, 10, 12])
    order = ["a", "b"] * (weeks // 2)
    if fields["design"] == "drawn":
        any_.random.shuffle(order)
    fields["allocation"] = "".join(order)
    if fields["ended_on"] is None:
        fields["stop_reason"], fields["deleted_at"] = "", None
    if fields["ended_on"] is None or fields["stop_reason"]:
        fields["went_on_with"] = ""
