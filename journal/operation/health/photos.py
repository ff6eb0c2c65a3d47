"""Checks of the photos: whether their storage answers, and whether it has what the rows name."""

from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from journal.operation.health.findings import BAD, LOOK, OK, Finding
from journal.operation.health.rls import ask
from journal.photos import files
from journal.photos.models import Photo
from journal.privacy.storage import StorageAway

TABLE = Photo._meta.db_table


def storage() -> Iterator[Finding]:
    """A missing file deletes no row: a storage that was moved or is not mounted may come back."""
    if ask("select to_regclass(%s) is not null", f"public.{TABLE}") != [(True,)]:
        return
    try:
        there = set(files.names_stored())
    except StorageAway as error:
        text = _("The storage of photos doesn’t answer: %(error)s.")
        yield Finding(BAD, text % {"error": error})
        return
    rows = ask(f"select stored_as from {TABLE}")  # noqa: S608
    named = {name for (stored_as,) in rows for name in Photo(stored_as=stored_as).names()}
    if lost := len(named - there):
        text = ngettext(
            "%(count)d file of a photo is missing. Put it back from a backup; the photo’s entry "
            "stays as it is.",
            "%(count)d files of photos are missing. Put them back from a backup; the photos’ "
            "entries stay as they are.",
            lost,
        )
        yield Finding(BAD, text % {"count": lost})
    if spare := len(there - named):
        text = ngettext(
            "%(count)d file belongs to no photo. The purge deletes it when it is a day old.",
            "%(count)d files belong to no photo. The purge deletes them when they are a day old.",
            spare,
        )
        yield Finding(LOOK, text % {"count": spare})
    if not lost and not spare:
        yield Finding(OK, _("Every photo has its files."))
