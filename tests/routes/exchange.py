"""Export, import and deletion; a part of the table in table.py."""

from tests.routes.expected import RouteLine, private

EXCHANGE: dict[str, RouteLine] = {
    "/settings/export/": private(get=302, post=302),  # asks for the password again
    "/settings/export/<uuid:pk>/": private(get=302),  # not ready yet
    "/settings/export/scheduled/": private(get=302, post=302),  # the same
    "/settings/export/scheduled/stop/": private(post=302),
    "/settings/export/scheduled/start/": private(post=302),
    "/settings/export/scheduled/<uuid:pk>/": private(get=302, eve={"GET": 302}),  # the same
    "/settings/export/scheduled/<uuid:pk>/delete/": private(post=302),
    "/settings/import/": private(get=200, post=200),
    "/settings/import/<uuid:pk>/": private(get=200),
    "/settings/import/<uuid:pk>/start/": private(post=302),
    "/settings/import/<uuid:pk>/stop/": private(post=302),
    "/settings/import/<uuid:pk>/discard/": private(post=302),
    "/settings/import/<uuid:pk>/undo/": private(post=302),
    "/settings/delete/": private(get=200, post=302),  # the same, when it is sent
}
