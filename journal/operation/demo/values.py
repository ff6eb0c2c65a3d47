from journal.operation.demo.story import Story
from journal.people.values.models import choose

VALUES = (
    ("calm", "A quiet quarter of an hour before anyone needs anything."),
    ("family", "Ida gets the whole of me at supper, not what is left over."),
    ("craft", "One thing a week done properly, with nobody watching."),
    ("honesty", "Say the awkward thing kindly, and the same day."),
    ("health", "Energy for the evenings. Not a number."),
)


def tell(story: Story) -> None:
    for name, meaning in VALUES:
        value = choose(story.person, name, meaning)
        assert value is not None  # noqa: S101 - a new person has none
        story.values[name] = value
