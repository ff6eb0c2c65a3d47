"""A mistake is looked at step by step and ends in a lesson."""

from datetime import date

from journal.lessons import threads
from journal.privacy.wall import acting_as
from tests.reflections.mistakes_walking import walk


def test_the_whole_flow_ends_in_a_lesson(ada, ada_client):
    mistake = walk(ada, ada_client)

    assert (mistake.title, mistake.state) == ("Forgot the call", "examined")
    assert mistake.occurred_on == date(2026, 3, 2)
    with acting_as(ada):
        (lesson,) = ada.lessons.live()
        ties = threads.of(ada, lesson)
    assert lesson.sentence == "If I promise a call, then I set an alarm"
    assert (lesson.areas, lesson.source, lesson.box) == (["family"], "mistake", 0)
    assert [tied.row.pk for tied in ties.came_from] == [mistake.pk]
    page = ada_client.get(mistake.get_absolute_url()).content.decode()
    assert "Relied on memory" in page
    assert "set an alarm" in page
    assert ada_client.get("/mistakes/").content.decode().count("Forgot the call") == 1
