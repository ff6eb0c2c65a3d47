"""The addresses of lessons (tests/routes/table.py)."""

from tests.routes.expected import RouteLine, private

LESSONS: dict[str, RouteLine] = {
    "/lessons/": private(get=200),
    "/lessons/new/": private(get=302, post=200),
    "/lessons/<uuid:pk>/": private(get=200),
    "/lessons/<uuid:pk>/edit/": private(get=200, post=200),
    "/lessons/<uuid:pk>/return/": private(post=302),
    "/lessons/<uuid:pk>/used/": private(get=302, post=200),
    "/lessons/<uuid:pk>/keep/": private(post=302),
    "/lessons/<uuid:pk>/retire/": private(post=302),
    "/lessons/<uuid:pk>/take-up/": private(post=302),
    "/lessons/<uuid:pk>/delete/": private(post=302),
    "/lessons/<uuid:pk>/restore/": private(post=302),
    "/lessons/uses/<uuid:pk>/": private(get=200, post=200),
    "/lessons/uses/<uuid:pk>/answer/": private(post=302),
    "/lessons/uses/<uuid:pk>/delete/": private(post=302),
    "/lessons/uses/<uuid:pk>/restore/": private(post=302),
}
