"""The five practices and the week, from start to finish on a phone, in German and in Arabic.

Whoever walks here reads no English: they go by fields, buttons and addresses. What they type is in
their own language, and stands on the page where the flow ends.
"""

import pytest
import time_machine
from playwright.sync_api import Page, expect

from journal.people.models import User
from tests.decisions.flow_client import ANSWERS as PREDICTED
from tests.e2e import reading
from tests.e2e.steps import PRIMARY, answer_steps, field, fill, go_on
from tests.markup import parse
from tests.reflections.week.factories import EVENING, PAGE, make_week
from tests.sweeps.direction import left_to_right

pytestmark = pytest.mark.long

# By the name of the field, in German and in Arabic.
WORDS = {
    "limit": ("Keine Anrufe nach sieben", "لا مكالمات بعد السابعة"),
    "my_action": ("Ich lasse es klingeln", "أترك الهاتف يرنّ"),
    "facts": ("Drei Anrufe nach neun", "ثلاث مكالمات بعد التاسعة"),
    "impact": ("Ich kann nicht abschalten", "لا أستطيع أن أرتاح"),
    "ask": ("Bitte schreib mir", "أرجو أن تكتب لي"),
    "benefit": ("Klarere Antworten", "أجوبة أوضح"),
    "repeat_line": ("Ich antworte um neun", "سأجيب في التاسعة"),
    "flex": ("Eine Nachricht geht", "لا بأس برسالة"),
    "person_label": ("Jörg", "سامي"),
    "told_to": ("Jörg und Änne", "سامي وليلى"),
    "reaction": ("Er wurde still", "سكت قليلًا"),
    "what_happened": ("Er rief um zehn an", "اتصل في العاشرة"),
    "response": ("Ich ließ es klingeln", "تركت الهاتف يرنّ"),
    "follow_up": ("Ihn daran erinnern", "أذكّره بذلك"),
    "lines": ("Nach dem Essen gehen", "المشي بعد الغداء"),
    "why": ("Kraft für den Abend", "طاقة للمساء"),
    "smallest_version": ("Einmal ums Haus", "دورة حول البيت"),
    "cue": ("ich gegessen habe", "الغداء"),
    "action": ("ziehe die Schuhe an", "ألبس الحذاء"),
    "obstacle": ("Es regnet", "المطر"),
    "coping_response": ("steige Treppen", "أصعد الدرج"),
    "note": ("Es war kühl", "كان الجو باردًا"),
    "trigger": ("Im Treffen den Faden verloren", "ضاعت مني الفكرة في الاجتماع"),
    "critical_thought": ("Du erstarrst immer", "تتجمّد دائمًا"),
    "evidence_for": ("Ich stockte", "توقفت لحظة"),
    "evidence_against": ("Zwei dankten mir", "شكرني اثنان"),
    "friend_words": ("Stocken ist menschlich", "التوقف أمر بشري"),
    "common_humanity": ("Alle, die reden", "كل من يتكلم"),
    "kinder_thought": ("Ich half trotzdem", "ساعدت رغم ذلك"),
    "kind_action": ("Um den Block gehen", "أمشي قليلًا"),
    "question": ("Was mache ich freitags?", "ماذا أفعل يوم الجمعة؟"),
    "name-1": ("Lernen", "الدراسة"),
    "name-2": ("Nebenher arbeiten", "العمل الحر"),
    "pros": ("Es bleibt", "يبقى لي"),
    "info_have": ("Die Gebühr", "الرسوم"),
    "info_missing": ("Die Stunden", "الساعات"),
    "good_enough": ("Ein Anruf", "مكالمة"),
    "distance_note": ("Lernen wäre mir wichtig", "الدراسة ستهمّني"),
    "premortem": ("Den Tag nie geschützt", "لم أحمِ اليوم"),
    "reasons": ("Es hält lange", "يدوم طويلًا"),
    "prediction": ("Bestanden bis Juni", "النجاح قبل يونيو"),
    "outcome": ("Kein Platz frei", "لا مكان شاغر"),
    "luck": ("Eine lange Schlange", "طابور طويل"),
    "learned": ("Du hast gut gefragt", "سألت من يلزم"),
    "expected": ("Um sechs anrufen", "الاتصال في السادسة"),
    "conditions": ("Lange Schicht", "مناوبة طويلة"),
    "my_part": ("Mich aufs Gedächtnis verlassen", "اعتمدت على ذاكرتي"),
    "not_mine": ("Die geänderte Zeit", "الوقت الذي تغيّر"),
    "repair": ("Um Verzeihung bitten", "الاعتذار"),
    "forgiveness_note": ("Ich muss es nicht wiederholen", "يكفي ما فكرت فيه"),
    "if_situation": ("ich einen Anruf verspreche", "أعد بمكالمة"),
    "then_action": ("stelle einen Wecker", "أضبط المنبّه"),
    "sentence_of_week": ("Voll und anständig", "أسبوع مزدحم وجيد"),
    "kept_days": ("Das Buch lag da", "كان الكتاب على الطاولة"),
    "easier": ("Vorher essen", "الأكل قبل ذلك"),
    "rely_on": ("Ich komme zurück", "أعود دائمًا"),
    "next_statement": ("Zweimal gehen", "المشي مرتين"),
}


class Reader:
    """Somebody at their phone, who notes what they can't read, and what they wrote."""

    def __init__(self, page: Page, code: str) -> None:
        self.page, self.code = page, code
        self.words = {name: pair[code == "ar"] for name, pair in WORDS.items()}
        self.typed: dict[str, str] = {}
        self.complaints: list[str] = []

    def opens(self, path: str) -> None:
        self.page.goto(path)
        self.looks()

    def looks(self) -> None:
        self.complaints += reading.complaints_about(self.page, self.code)

    def goes_on(self, page: Page) -> None:
        self.looks()
        go_on(page)

    def answers(self, *, until: str = "", **choices: str) -> None:
        """Every step from here to the one that asks `until`, or else to the check page."""
        given = choices | self.words  # some words are asked for after a choice
        answer_steps(self.page, given, until=until, fill=self.fills, go_on=self.goes_on)
        self.looks()

    def fills(self, page: Page, name: str, value: str) -> None:
        folds = page.locator(f'main details:not([open]):has([name="{name}"])')
        while folds.count():
            folds.first.locator("> summary").click()
        fill(page, name, value)
        if self.words.get(name) == value:
            self.typed[name] = value

    def presses(self, selector: str) -> None:
        """What leads to another page."""
        before = self.page.url
        self.page.locator(selector).last.click()
        self.page.wait_for_url(lambda url: url != before)
        self.page.wait_for_load_state()
        self.looks()

    def finishes(self) -> None:
        self.presses("#step [name=do][value=finish]")

    def sends(self, **choices: str) -> None:
        """The form of a page that is in no flow."""
        for name, value in (choices | self.words).items():
            if field(self.page, name).count():
                self.fills(self.page, name, value)
        self.presses(PRIMARY)

    def reads(self) -> None:
        """All that they typed is on this page, each in its own direction."""
        document, _errors = parse(self.page.content())
        text = document.text
        lost = [f"{name}: {words}" for name, words in self.typed.items() if words not in text]
        assert self.typed
        assert lost == []
        turned = [one for words in self.typed.values() for one in left_to_right(document, words)]
        assert turned == []
        self.typed.clear()


@pytest.fixture(params=["ar", "de"])
def reader(request, ada, phone_of):
    User.objects.filter(pk=ada.pk).update(language=request.param)
    ada.language = request.param
    one = Reader(phone_of(ada, locale=request.param), request.param)
    yield one
    assert not one.complaints, "\n".join(one.complaints)


def test_a_boundary_is_found_said_and_held(reader):
    reader.opens("/boundaries/new/")
    reader.answers(area="work", risk="no", communication="planned")
    reader.finishes()
    reader.reads()
    reader.presses('main a[href$="/tell/"]')
    reader.sends(channel="call", how_it_was="harder")
    reader.reads()
    reader.presses('main a[href$="/crossings/new/"]')
    reader.sends(was_clear="yes", result="held")
    reader.reads()


def test_a_promise_is_made_and_recorded(reader):
    reader.opens("/promises/new/")
    reader.answers(cadence="daily")
    reader.finishes()
    reader.reads()
    reader.presses('main a[href*="/check-in/"]')
    page = reader.page
    page.locator('[name="status"][value="missed"]').check()
    page.locator(".promise span.save").wait_for()
    reader.looks()
    page.locator('[name="note"]').fill(reader.words["note"])
    with page.expect_response(lambda answer: answer.request.method == "POST"):
        page.locator('[name="note"]').blur()
    reader.opens(page.url)
    expect(page.locator('[name="note"]')).to_have_value(reader.words["note"])


def test_the_harsh_voice_is_answered(reader):
    reader.opens("/self-compassion/new/?mode=full")
    reader.answers(feeling="ashamed", intensity_before="7", intensity_after="5")
    reader.finishes()
    reader.reads()


def test_a_decision_is_made_and_looked_back_on(reader):
    reader.opens("/decisions/new/")
    reader.answers(
        area="work",
        feeling_intensity="8",
        chosen_option=reader.words["name-1"],
        honest_yes="unsure",
        process_sound_then="yes",
        prediction_on=PREDICTED["prediction_on"],
        confidence="70",
    )
    reader.finishes()
    reader.reads()
    reader.presses('main a[href*="/review/"]')
    reader.answers(process_sound_now="yes", prediction_result="no", outcome_quality="poor")
    reader.finishes()
    reader.reads()


def test_a_mistake_becomes_a_lesson(reader):
    reader.opens("/mistakes/new/")
    reader.answers(intensity_before="6", areas="family")
    reader.finishes()
    reader.reads()
    reader.presses('main a[href$="/rest/"]')
    reader.sends(intensity_after="2")
    reader.opens("/lessons/")
    lesson = reader.page.locator("main").get_by_text(reader.words["then_action"])
    assert lesson.count()


def test_a_week_is_looked_back_on(reader, ada):
    with time_machine.travel(EVENING):
        make_week(ada)
        reader.opens(f"{PAGE}step/arrive/")
        reader.answers(until="next_statement")
        reader.fills(reader.page, "next_statement", reader.words["next_statement"])
        reader.presses(PRIMARY)
        assert reader.page.url.endswith("/done/")
        reader.opens(PAGE)
        reader.reads()
