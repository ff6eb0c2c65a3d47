"""The API and the page of its tokens; part of the table."""

from tests.routes.expected import (
    SOME_ID,
    RouteLine,
    by_token,
    private,
    public,
    whatever_the_method,
)

API: dict[str, RouteLine] = {
    "/settings/tokens/": private(get=302, post=302),  # asks for the password again
    "/settings/tokens/<uuid:pk>/end/": private(post=302, eve={"POST": 302}, pk=SOME_ID),
    "/api/": private(get=200),
    "/api/v1/openapi.json": public(get=200),
    "/api/v1/": whatever_the_method(404),
    "/api/v1/entries": by_token("GET", "POST"),
    "/api/v1/entries/<uuidstr:pk>": by_token("GET", "PUT", "DELETE"),
    "/api/v1/promises": by_token("GET"),
    "/api/v1/promises/<uuidstr:pk>/answers/<day>": by_token("GET", "PUT", "DELETE"),
    "/api/v1/daily-checks/<day>": by_token("GET", "PUT"),
    "/api/v1/search": by_token("POST"),
}
