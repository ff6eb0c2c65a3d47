"""Creates the functions and policies that limit what a coach reads (policies.py)."""

from django.db import migrations

from journal.sharing.policies import (
    ByLink,
    CoachComments,
    CoachingFunctions,
    CoachsOwn,
    KeysForCoaches,
    Share,
    SharePart,
    SharePhotos,
)

BY_OWNER = "owner_id = any ((select coaching_readable_owners())::uuid[])"
BY_LINK = "any ((select coaching_links())::uuid[])"
WITHOUT_WORDS = "id, owner_id, link_id, what, practice, by_on, state, answered_at"

# As shared_photos.FIELDS: not the day it was taken, nor the space that it takes.
OF_PHOTOS = "id, owner_id, entry_id, position, description, width, height, stored_as, deleted_at"
WITHOUT_NOTES = "id, owner_id, promise_id, due_on, status, deleted_at"


class Migration(migrations.Migration):
    dependencies = [
        ("sharing", "0002_wall"),
        ("people", "0002_wall"),
        ("privacy", "0003_wall"),
        ("boundaries", "0002_wall"),
        ("decisions", "0003_lock_what_is_decided"),
        ("lessons", "0002_wall"),
        ("promises", "0002_wall"),
        ("entries", "0002_wall"),
        ("compassion", "0002_wall"),
        ("mistakes", "0002_wall"),
        ("reflections", "0002_wall"),
        ("photos", "0002_wall"),
    ]

    operations = [
        CoachingFunctions(),
        ByLink("coachlink", where=f"id = {BY_LINK}"),
        ByLink(
            "sharegrant",
            where=f"link_id = {BY_LINK} and revoked_at is null and expires_at > now()",
        ),
        ByLink("withheld", where=BY_OWNER),
        ByLink(
            "sharedmeasure",
            where="deleted_at is null and "
            "exists (select from sharing_sharegrant opened where opened.id = grant_id)",
        ),
        KeysForCoaches("privacy.DataKey"),
        ByLink(
            "suggestion",
            where=f"deleted_at is null and link_id = {BY_LINK}",
            may=f"select ({WITHOUT_WORDS}, created_at, deleted_at)",
        ),
        Share("sharing.Brief"),
        Share("promises.Promise"),
        Share("boundaries.Boundary"),
        Share("boundaries.Crossing"),
        Share("compassion.SelfCompassion"),
        Share("decisions.Decision"),
        Share("mistakes.Mistake"),
        Share("lessons.Lesson"),
        Share("entries.Entry"),
        SharePart("promises.CheckIn", may=f"select ({WITHOUT_NOTES})"),
        SharePart("decisions.Option"),
        SharePart("decisions.ValueInPlay"),
        SharePart("decisions.DecisionReview"),
        SharePart("decisions.Addendum"),
        SharePhotos("photos.Photo", may=f"select ({OF_PHOTOS})"),
        CoachComments("comment"),
        CoachsOwn("client"),
        CoachsOwn("coachinvitation"),
    ]
