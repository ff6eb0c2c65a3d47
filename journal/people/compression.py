"""Pages go out compressed; downloads and photos as they are, since they are streams.

A page whose compressed length anybody could watch might give away a secret in it, letter by letter
(BREACH). Django's middleware therefore makes the length random, docs/privacy.md says what else has
to fail, and the pages among which codes, keys and private addresses are shown stay as they are.
"""

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.middleware.gzip import GZipMiddleware

WITH_SECRETS = ("/accounts/", "/settings/", "/admin/", "/sharing/invitation/")


class Compression(GZipMiddleware):
    def process_response(
        self, request: HttpRequest, response: HttpResponseBase
    ) -> HttpResponseBase:
        is_page = response.get("Content-Type", "").startswith("text/html")
        if response.streaming or not is_page or request.path_info.startswith(WITH_SECRETS):
            return response
        return super().process_response(request, response)
