"""The addresses of entries, and of what belongs to them (tests/routes/table.py)."""

from tests.routes.expected import RouteLine, private

JOURNAL: dict[str, RouteLine] = {
    "/journal/year/<int:year>/": private(get=200, year=2026),
    "/journal/book/": private(get=200),
    "/journal/": private(get=200),
    "/journal/write/": private(get=302, post=200),
    "/journal/print/": private(get=200),
    "/journal/trash/": private(get=200),
    "/journal/trash/empty/": private(get=200, post=302),
    "/journal/enough/": private(get=200),
    "/capture/": private(get=302, post=200),
    "/capture/share/": private(get=302, post=200, nobody={"GET": 302}),
    "/journal/<uuid:pk>/": private(get=200),
    "/journal/<uuid:pk>/edit/": private(get=200, post=200),
    "/journal/<uuid:pk>/autosave/": private(post=422, eve={"POST": 422}),
    "/journal/<uuid:pk>/links/": private(get=200, post=404),  # an empty form names no row
    "/journal/<uuid:pk>/sorted/": private(post=302),
    "/journal/<uuid:pk>/unsorted/": private(post=302),
    "/journal/<uuid:pk>/favourite/": private(post=302),
    "/journal/<uuid:pk>/delete/": private(post=302),
    "/journal/<uuid:pk>/restore/": private(post=302),
    "/journal/<uuid:pk>/remove/": private(get=404, post=404),  # it is not in the trash
    "/journal/<uuid:pk>/earlier/": private(get=200),
    "/journal/<uuid:pk>/earlier/<int:number>/": private(get=200, number=1),
    "/journal/<uuid:pk>/earlier/<int:number>/bring-back/": private(post=302, number=1),
    "/journal/returning/tag/<uuid:pk>/answer/": private(post=302),
    "/journal/returning/topic/<uuid:pk>/answer/": private(post=302),
    "/journal/returning/mistake/<uuid:pk>/answer/": private(post=302),
    "/journal/returning/answers/<uuid:pk>/undo/": private(post=302),
    "/journal/returning/answers/<uuid:pk>/let-lie/": private(post=302),
    "/journal/returning/answers/<uuid:pk>/let-lie/undo/": private(post=302),
    "/journal/templates/": private(get=200, post=200),
    "/journal/templates/<uuid:pk>/": private(get=200, post=200),
    "/journal/templates/<uuid:pk>/delete/": private(post=302),
    "/journal/templates/<uuid:pk>/restore/": private(post=404),  # it is not in the bin
    "/journal/tags/": private(get=200),
    "/journal/tags/<uuid:pk>/": private(get=200, post=200),
    "/journal/tags/<uuid:pk>/merge/": private(get=200, post=200),
    "/journal/tags/<uuid:pk>/delete/": private(get=200, post=302),
    "/journal/prompts/": private(get=200, post=200),
    "/journal/prompts/another/": private(get=302),
    "/journal/prompts/offer/": private(post=404),  # an empty form names no prompt
    "/journal/prompts/<uuid:pk>/": private(get=200, post=200),
    "/journal/prompts/<uuid:pk>/delete/": private(post=302),
    "/journal/prompts/<uuid:pk>/restore/": private(post=404),  # it is not in the trash
    "/journal/<uuid:pk>/photos/": private(get=302, post=200),
    "/photos/<uuid:pk>/": private(get=200, post=200),
    "/photos/<uuid:pk>/day/": private(post=404),  # nobody knows when it was taken
    "/photos/<uuid:pk>/remove/": private(post=302),
    "/photos/<uuid:pk>/restore/": private(post=302),
    "/photos/<uuid:pk>/<slug:size>/": private(get=200, size="small"),
}
