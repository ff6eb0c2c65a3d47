"""Static files beside another version of this program, in a rolling upgrade."""

from django.contrib.staticfiles.storage import staticfiles_storage
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from whitenoise.middleware import WhiteNoiseMiddleware


class StaticFilesMiddleware(WhiteNoiseMiddleware):
    """A page of another version names its files by other hashes, and any machine may be asked for
    them: it gives its own of that name, which nobody keeps, so that no page is without its styles.
    The service worker keeps what it gets, so it has to come back later."""

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if ours := self._of_another_version(request):
            request.path_info = ours
            response = super().__call__(request)
            response["Cache-Control"] = "no-store"
            return response
        return super().__call__(request)

    def _of_another_version(self, request: HttpRequest) -> str | None:
        """The address of our file in place of one that we don't have."""
        path = request.path_info
        if path in self.files or not path.startswith(self.static_prefix):
            return None
        name = self.get_name_without_hash(path.removeprefix(self.static_prefix))
        if name.startswith("worker/") or request.headers.get("Sec-Fetch-Dest") == "empty":
            return None
        hashed = getattr(staticfiles_storage, "hashed_files", {}).get(name)
        return hashed and self.static_prefix + hashed
