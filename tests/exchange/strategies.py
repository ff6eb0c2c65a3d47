"""Rows that nobody would think of, for every table that is exported: it walks the models.

A column gets anything that fits its kind; what the table's own rules ask beyond that is in RULES.
A new table is filled by itself, and where its rules turn every such row away, the test that counts
the tables says so: then it needs a line in RULES.
"""

from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from random import Random
from typing import Any
from uuid import UUID, uuid5

from django.contrib.postgres.fields import ArrayField
from django.db import IntegrityError, connection, models, transaction

from journal.decisions.models import Decision
from journal.exchange import tables
from journal.people.areas import Area
from journal.people.models import User
from journal.privacy.fields import WordsField
from journal.privacy.normalization import normalize_words
from journal.privacy.ownership import OwnedModel
from journal.reflections.entries.models import Tag
from journal.reflections.entries.tag_names import tidy
from journal.reflections.week.promise_changes import Change, Changes
from journal.reflections.week.snapshot import LastPlan, WeekSnapshot
from tests.exchange.strategies_of_promises import check_in, experiment, must, pause, promise, rhythm

FIRST, LAST = date(1900, 1, 1), date(2031, 1, 1)
MOST_TRIES = 12  # of rows that the rules of their table may turn away
Fields = dict[str, Any]
# Their rows are worth nothing without their files; tests/exchange/test_photos.py takes both.
OF_FILES = {"photos.Photo"}


class Anything:
    """Fills the journal of one person, who is acting. `texts` are the words that there are."""

    def __init__(self, person: User, random: Random, texts: list[str]) -> None:
        self.person, self.random = person, random
        self.texts = [text for text in texts if text] or ["x"]
        self.rows: dict[str, list[Any]] = {}

    def fill(self) -> dict[str, list[Any]]:
        with connection.cursor() as cursor:  # or a rule would be asked when all is done
            cursor.execute("set constraints all immediate")
            self.each_table()
            cursor.execute("set constraints all deferred")
        return self.rows

    def each_table(self) -> None:
        for model in tables.tables():
            label = model.export_name
            self.rows[label] = []
            if label in OF_FILES:
                continue
            if label == "decisions.DecisionReview":
                self.decide()  # what is decided takes no more options and values
            wanted = self.random.randint(1, 3)
            for _try in range(MOST_TRIES):
                self.add(model)
                if len(self.rows[label]) == wanted:
                    break

    def add(self, model: type[OwnedModel]) -> None:
        fields = {field.name: self.value(field) for field in tables.columns(model)}
        del fields["id"], fields["updated_at"]
        RULES.get(model.export_name, lambda *_given: None)(fields, self)
        try:
            with transaction.atomic():
                self.rows[model.export_name].append(
                    model.objects.create(owner=self.person, **fields)
                )
        except IntegrityError as error:  # there is one of that day, or nothing to hang on
            self.turned_away = error

    def decide(self) -> None:
        """Some of the decisions; from then on the database lets nobody change them."""
        for decision in self.rows["decisions.Decision"]:
            options = [
                one for one in self.rows["decisions.Option"] if one.decision_id == decision.pk
            ]
            if not options or decision.state == "dropped":
                continue
            decision.chosen_option = self.random.choice(options)
            decision.question, decision.area = self.words(200), "work"
            decision.prediction, decision.confidence = self.words(300), self.random.randint(1, 99)
            decision.decided_on = self.day()
            decision.review_on = decision.decided_on + timedelta(days=1)
            decision.prediction_on = self.random.choice([None, decision.review_on])
            decision.state, decision.finished_at = "decided", self.moment()
            decision.save()

    # --- values

    def value(self, field: Any) -> Any:
        if field.null and not isinstance(field, WordsField) and self.random.random() < 0.4:
            return None
        if tables.is_link(field):
            there = self.rows.get(field.related_model.export_name, [])
            return self.random.choice(there) if there else None
        if field.is_relation:
            return self.random.choice(list(field.related_model.objects.order_by("pk")[:20]))
        if isinstance(field, WordsField):
            return self.words(field.max_length, blank=field.blank)
        if field.choices:
            blank = [""] if field.blank and not field.null else []
            return self.random.choice([*blank, *(value for value, _label in field.flatchoices)])
        return self.plain(field)

    def plain(self, field: Any) -> Any:
        if field.name == "deleted_at":
            return self.moment() if self.random.random() < 0.2 else None
        if field.name.endswith("_zone"):
            return self.random.choice(["UTC", "Asia/Kathmandu", "America/St_Johns"])
        if isinstance(field, ArrayField):
            return []
        if isinstance(field, models.UUIDField):
            return UUID(int=self.random.getrandbits(128), version=4)
        if isinstance(field, models.DateTimeField):
            return self.moment()
        if isinstance(field, models.DateField):
            return self.day()
        if isinstance(field, models.TimeField):
            return time(self.random.randrange(24), self.random.randrange(60))
        if isinstance(field, models.BooleanField):
            return self.random.random() < 0.5
        if isinstance(field, models.IntegerField):
            return self.random.randint(1, 4)
        return self.random.choice(["check", "why", ""])

    def words(self, most: int, *, blank: bool = False) -> str:
        text = self.random.choice([*self.texts, *([""] if blank else [])])
        return normalize_words(text[:most])[0][:most] or "x" * (not blank)

    def day(self) -> date:
        return FIRST + timedelta(days=self.random.randrange((LAST - FIRST).days))

    def moment(self) -> datetime:
        seconds = timedelta(microseconds=self.random.randrange(60 * 365 * 86_400 * 10**6))
        return datetime(1970, 1, 2, tzinfo=UTC) + seconds

    def finished(self, fields: Fields) -> bool:
        fields["finished_at"] = self.moment() if self.random.random() < 0.6 else None
        return fields["finished_at"] is not None

    def some_of(self, values: list[Any], least: int = 0) -> list[Any]:
        return self.random.sample(values, self.random.randint(least, len(values)))


# --- what a table asks of its rows beside the kinds of their columns


def decision(fields: Fields, any_: Anything) -> None:
    """Decided only later, once it has options."""
    fields["finished_at"] = fields["chosen_option"] = fields["decided_on"] = None
    first = not any_.rows["decisions.Decision"]
    fields["state"] = any_.random.choice(["draft", "exploring", *([] if first else ["dropped"])])
    fields["dropped_on"] = any_.day() if fields["state"] == "dropped" else None
    fields["hidden_lessons"] = [any_.plain(models.UUIDField(name="one"))]


def option(fields: Fields, any_: Anything) -> None:
    """The first is one of the first decision: with it there is one to decide, and to review."""
    if not any_.rows["decisions.Option"]:
        fields["decision"] = any_.rows["decisions.Decision"][0]


def value_in_play(fields: Fields, any_: Anything) -> None:
    fields["place"] = any_.random.randint(1, 3)


def lesson(fields: Fields, any_: Anything) -> None:
    fields["areas"] = any_.some_of(Area.values, 1)
    fields["next_due"] = any_.day() if fields["state"] == "active" else None


def lesson_use(fields: Fields, any_: Anything) -> None:
    fields["result"] = fields["result"] or "helped"
    fields["linked_kind"] = "promise" if fields["linked_id"] else ""


def value(fields: Fields, any_: Anything) -> None:
    there = len(any_.rows["people.Value"])
    fields["rank"] = there + 1 if fields["is_active"] else None
    fields["deleted_at"] = None if fields["is_active"] else fields["deleted_at"]


def boundary(fields: Fields, any_: Anything) -> None:
    finished = any_.finished(fields)
    fields["state"] = any_.random.choice(["active", "under_review"]) if finished else "draft"
    if finished:
        must(fields, "limit", "my_action")
        fields["area"], fields["review_on"] = fields["area"] or "work", any_.day()
        fields["communication"] = fields["communication"] or "private"
    if fields["communication"] != "planned":
        fields["tell_on"], fields["tell_channel"] = None, ""
    fields["retire_reason"], fields["retired_on"] = "", None
    if finished and any_.random.random() < 0.3:
        fields["state"], fields["retired_on"] = "retired", any_.day()


def crossing(fields: Fields, any_: Anything) -> None:
    must(fields, "what_happened", "follow_up")
    if fields["result"] == "unsafe_to_act":
        fields["follow_up"], fields["follow_up_on"] = "", None
        fields["follow_up_done_at"] = None


def mistake(fields: Fields, any_: Anything) -> None:
    must(fields, "repair")
    fields["areas"] = any_.some_of(Area.values, 1)
    finished, rests = any_.finished(fields), any_.random.random() < 0.5
    fields["state"] = ("at_rest" if rests else "examined") if finished else "draft"
    fields["rested_on"] = any_.day() if fields["state"] == "at_rest" else None
    if fields["state"] != "at_rest":
        fields["intensity_after"] = None
    must(fields, "if_situation", "then_action", "title", "what_happened")


def hard_moment(fields: Fields, any_: Anything) -> None:
    any_.finished(fields)
    must(fields, "trigger", "critical_thought", "feeling_other", "kind_action")
    fields["feeling"], fields["intensity_before"] = fields["feeling"] or "sad", 7


def rating(fields: Fields, any_: Anything) -> None:
    fields["q3"] = fields["q3"] or 3


def entry(fields: Fields, any_: Anything) -> None:
    if fields["prompt"]:
        fields["own_prompt"] = None


def tag(fields: Fields, any_: Anything) -> None:
    """Of no other tag's name, since tags of one name are one."""
    fields["name"] = tidy(f"{len(any_.rows[Tag.export_name])} {fields['name']}"[:40])


def entry_tag(fields: Fields, any_: Anything) -> None:
    fields["place"] = any_.random.randint(1, 20)


def rumination(fields: Fields, any_: Anything) -> None:
    if fields["tag"]:
        fields["mistake"] = None
    later = fields["answered_on"] + timedelta(days=14)
    fields["set_aside_until"] = later
    fields["let_lie_on"] = fields["let_lie_on"] and later + timedelta(days=1)


def week(fields: Fields, any_: Anything) -> None:
    days = tuple(fields["week_start"] + timedelta(days=n) for n in range(7))
    ids = [str(one.pk) for one in any_.rows["promises.Promise"][:2]]
    plan = LastPlan(any_.words(100, blank=True), tuple(ids))
    record = WeekSnapshot(days=days, plan=plan)
    fields["snapshot"], fields["frozen_at"] = record.text(), any_.moment()
    rows = tuple(Change(one, "smaller", any_.words(100, blank=True)) for one in ids)
    fields["changes"] = Changes(rows, rests=True).text()
    if any_.finished(fields):
        fields["skipped_at"] = None
        must(fields, "next_statement")
        fields["next_choice"] = fields["next_choice"] or "rest"
    if fields["next_choice"] not in ("promise", "smaller"):
        fields["next_promise"] = None


def reminder(fields: Fields, any_: Anything) -> None:
    fields["kind"] = "promise" if fields["promise"] else "daily"


def forecast(fields: Fields, any_: Anything) -> None:
    must(fields, "question")
    fields["chance"] = any_.random.randint(1, 99)
    fields["answered_on"] = any_.day() if fields["result"] else None


def review(fields: Fields, any_: Anything) -> None:
    decided = [one for one in any_.rows["decisions.Decision"] if one.state == "decided"]
    there: list[Decision] = decided or any_.rows["decisions.Decision"]
    fields["decision"] = any_.random.choice(there)
    fields["id"] = uuid5(fields["decision"].pk, "review")
    if any_.finished(fields):
        fields["process_sound_now"], fields["reviewed_on"] = True, any_.day()
        fields["prediction_result"] = fields["prediction_result"] or "unclear"
        fields["outcome_quality"] = fields["outcome_quality"] or "mixed"


RULES: dict[str, Callable[[Fields, Anything], None]] = {
    "boundaries.Boundary": boundary,
    "boundaries.Crossing": crossing,
    "decisions.Decision": decision,
    "decisions.DecisionReview": review,
    "decisions.Forecast": forecast,
    "decisions.Option": option,
    "decisions.ValueInPlay": value_in_play,
    "reflections.EntryTag": entry_tag,
    "reflections.Tag": tag,
    "lessons.Lesson": lesson,
    "lessons.LessonUse": lesson_use,
    "people.Value": value,
    "promises.CheckIn": check_in,
    "promises.Experiment": experiment,
    "promises.Promise": promise,
    "promises.PromisePause": pause,
    "promises.PromiseRevision": rhythm,
    "reflections.Entry": entry,
    "reflections.Mistake": mistake,
    "reflections.RuminationAnswer": rumination,
    "reflections.SelfCompassion": hard_moment,
    "reflections.SelfRating": rating,
    "reflections.WeeklyReflection": week,
    "reminders.Reminder": reminder,
}
