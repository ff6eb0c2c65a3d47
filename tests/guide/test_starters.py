"""What people may begin from, word for word as it was written."""

import re
from hashlib import sha256
from html import unescape

import pytest

from journal.boundaries.starters import SITUATIONS
from journal.lessons.starters import STARTERS as LESSONS
from journal.reflections.compassion.models import KindnessStarter
from journal.reflections.entries.prompts.models import Prompt

SCRIPTS = """
Late messages: I reply to messages between nine and six. I’ll answer tomorrow.
Extra work: I have two deadlines. If this comes first, which one can wait?
Lending: I don’t lend money. I can help you plan.
Surprise visits: Please text first. If you don’t text first, I may not open the door.
Comments about my body: I don’t discuss my body. If it carries on, I’ll step away.
Venting: I care, and I have ten minutes today.
Unwanted advice: Today I just need you to listen. I’ll ask when I’d like ideas.
Raised voices: I want to talk about this. If shouting goes on, I’ll leave and come back at eight.
Privacy on my phone: My phone is private. I keep it locked.
Gossip: I’d rather not talk about her. Tell me how you are.
Parenting: We’ve made up our minds about this. Please stick to it when the children visit.
Me and my screens: At ten, my phone goes on charge in the hall.
"""
RULES = """
If I’m asked on the spot, then I say “I’ll answer tomorrow”
If I’m angry, then I write a draft and wait an hour
If a task has no date, then I give it a date
If I skip lunch, then I put off big choices
If plans change, then I tell people the same day
If I’m guessing at someone’s motive, then I ask them once
If I’ve been late twice, then I set off earlier
If something costs more than my limit, then I sleep on it first
If I miss a day, then I do the bad-day version next
If I start to over-explain, then I stop after one sentence
"""
SMALL_PROMISES = """
Walk round the block
Leave the phone in the kitchen
A glass of water before coffee
Read two pages
Answer one message I’ve been putting off
Clear the kitchen table
Write one sentence
Message a friend
Stretch for two minutes
Lay out tomorrow’s clothes
"""


def test_twelve_scripts():
    found = [f"{one.name}: {' '.join(map(str, one.words.values()))}" for one in SITUATIONS]
    assert found == SCRIPTS.strip().splitlines()


def test_ten_lessons():
    found = [f"If {one.if_situation}, then I {one.then_action}" for one in LESSONS]
    assert found == RULES.strip().splitlines()


@pytest.mark.django_db
def test_ten_small_promises_stand_beside_the_question(ada_client):
    page = unescape(ada_client.get("/promises/new/?step=promise", follow=True).content.decode())
    found = re.findall(r'name="statement" value="([^"]+)"', page)
    assert found == SMALL_PROMISES.strip().splitlines()


# Too many to write twice; whoever changes a word on purpose changes the digest with it.
@pytest.mark.django_db
@pytest.mark.parametrize(
    ("model", "count", "digest"),
    [(KindnessStarter, 30, "3cb40efd97ff810b"), (Prompt, 60, "81159bba63382c40")],
    ids=["kindness starters", "prompts"],
)
def test_no_word_of_the_library_was_changed(model, count, digest):
    texts = list(model.objects.order_by("id").values_list("text", flat=True))
    assert len(texts) == count
    assert sha256("\n".join(texts).encode()).hexdigest()[:16] == digest
