"""Photos: serving one."""

from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import Http404
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_GET

from journal.people.http import SignedInRequest
from journal.photos import files
from journal.photos.decoder import SIZES
from journal.privacy.downloads import SealedDownload


@require_GET
@login_required
def photo(request: SignedInRequest, pk: UUID, size: str) -> HttpResponseBase:
    row = get_object_or_404(request.user.photos, pk=pk)
    if size not in SIZES:
        raise Http404
    try:
        file = files.opened(row, size)
    except FileNotFoundError as error:
        raise Http404 from error
    return SealedDownload(file, content_type="image/jpeg")
