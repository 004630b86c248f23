"""Doors of the desk's own scripts: a camera's frame."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.http import require_POST

from navet.accounts.doors import staff_page
from navet.errors import Refused
from visitors import frames


@require_POST
@staff_page("arrivals.view")
def frame(request: HttpRequest) -> HttpResponse:
    """What a code in the frame says, as `{"text": …}`; empty where there is none."""
    try:
        if int(request.headers.get("Content-Length") or 0) > frames.MOST_BYTES:
            raise frames.FrameTooLarge()
        if request.content_type != frames.MEDIA_TYPE:
            raise frames.NotAFrame()
        return _json({"text": frames.text_in(request.body)})
    except Refused as refused:
        return _json({"code": refused.code, "detail": str(refused)}, status=refused.status)


def _json(data: dict[str, object], status: int = 200) -> JsonResponse:
    return JsonResponse(data, status=status, json_dumps_params={"ensure_ascii": False})
