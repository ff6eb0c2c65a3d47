from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from journal.access_tokens.middleware import TokenRequest
from journal.reminders import kept
from journal.reminders.kept import RecordResult

JSON = "application/json"  # the service worker takes the sentence only


@require_http_methods(["GET", "POST"])
@csrf_exempt
def record_kept(request: TokenRequest, token: str) -> HttpResponse:
    """ "Kept" in a notification posts here; who opens the address gets a button."""
    given = request.access_token
    if given is None or given.row_id is None or given.day is None:
        raise Http404
    result = None
    if request.method == "POST":
        result = kept.record(given.owner, given.row_id, given.day)
    status = 200 if result in (None, RecordResult.RECORDED) else 409
    wants_json = request.get_preferred_type(["text/html", JSON]) == JSON
    if result and wants_json:
        return JsonResponse({"text": result.label}, status=status)
    context = {"day": given.day, "result": result}
    return render(request, "reminders/kept.html", context, status=status)
