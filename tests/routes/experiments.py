"""The addresses of two ways compared, a part of a promise (tests/routes/table.py)."""

from typing import Any

from tests.promises.factories import experiment_of
from tests.routes.expected import RouteLine, private

COMPARED: dict[str, Any] = {"experiment": experiment_of}
EXPERIMENTS: dict[str, RouteLine] = {
    "/promises/<uuid:pk>/two-ways/": private(get=302, post=200),
    "/promises/<uuid:pk>/two-ways/<uuid:experiment>/": private(get=200, **COMPARED),
    "/promises/<uuid:pk>/two-ways/<uuid:experiment>/stop/": private(post=302, **COMPARED),
    "/promises/<uuid:pk>/two-ways/<uuid:experiment>/go-on/": private(post=302, **COMPARED),
    "/promises/<uuid:pk>/two-ways/<uuid:experiment>/delete/": private(post=302, **COMPARED),
    "/promises/<uuid:pk>/two-ways/<uuid:experiment>/restore/": private(post=404, **COMPARED),
}
