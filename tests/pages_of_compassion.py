"""Self-compassion; a part of the list in tests/pages.py."""

from tests.page import Page
from tests.reflections.compassion import page_states as compassion

COMPASSION = [
    Page("self-compassion, none yet", "/self-compassion/"),
    Page("self-compassion", compassion.every_kind),
    Page("kind words", compassion.kind_words),
    Page("kind words, none yet", "/self-compassion/words/", send="/words/"),
    Page("hard moment", compassion.full),
    Page("hard moment, a break", compassion.a_break),
    Page("hard moment, a letter", compassion.a_letter),
    Page("hard moment, sharper", compassion.sharper),
    Page("hard moment, act done", compassion.full, send="/kind-action/"),
    Page("hard moment removed", compassion.full, send="/delete/"),
    Page("hard moments, removed", compassion.removed),
    Page("hard moment, begun", "/self-compassion/new/?mode=full"),
    Page("hard moment, from a promise", compassion.from_a_promise),
    Page("hard moment, refused", "/self-compassion/new/", send="/new/"),
    *[
        Page(f"hard moment, {slug}", compassion.step(slug))
        for slug in (
            *("trigger", "critic", "feeling", "evidence", "friend", "shared", "kinder"),
            *("kind-action", "after", "check", "enough"),
        )
    ],
    Page("hard moment, the letter", compassion.letter_step),
    Page(
        "hard moment, feeling refused",
        compassion.step("feeling"),
        send="/feeling/",
        fill={"feeling": "other", "feeling_other": ""},
    ),
    Page("kind words, hidden", compassion.step("kinder"), send="/kinder/", fill={"do": "no-3"}),
    Page("kind words, used", compassion.step("kinder"), send="/kinder/", fill={"do": "use-3"}),
    Page(
        "hard moment, two versions",
        compassion.step("critic"),
        send="/critic/",
        fill={"version": "7", "critical_thought": "You are slow"},
        status=409,
    ),
    Page(
        "hard moment, grown sharper",
        compassion.step("after"),
        send="/after/",
        fill={"intensity_after": "9"},
    ),
    Page("hard moment, kept", compassion.step("check"), send="/check/", fill={"do": "finish"}),
    Page("hard moment, an answer changed", compassion.answer("kinder")),
]
