"""A picture of a room as everybody fetches it, and `/planering/konferenser/lokaler/`, where the host sees to them."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from bookings.common.doors import answer, attempt, form_page
from bookings.conferences.forms.pictures import ChangedPictureForm, PictureForm
from bookings.conferences.models import Rendition, RoomOffer, RoomPicture
from bookings.conferences.models.pictures import MOST_PICTURES
from bookings.conferences.operations import picturing
from navet.accounts import actor
from navet.accounts.doors import staff_page
from navet.errors import Refused
from navet.pages.pictures import MEDIA_TYPE

EDIT = "conferences.edit_catalogue"


@require_safe
def picture(request: HttpRequest, digest: str) -> HttpResponse:
    """The bytes, which the address names, so that they are kept for ever; those of a room that is not published for the host alone."""
    kept = Rendition.objects.filter(digest=digest)
    is_public = kept.published().exists()
    if not is_public and not (actor.of(request).has_capability(EDIT) and kept.exists()):
        raise Http404
    etag = f'"{digest}"'
    reply = get_conditional_response(request, etag=etag)
    if reply is None:
        content = kept.values_list("content", flat=True).first()
        if content is None:  # taken away this very moment
            raise Http404
        reply = HttpResponse(bytes(content), content_type=MEDIA_TYPE)
    reply["ETag"] = etag
    reply["Cache-Control"] = "public, max-age=31536000, immutable" if is_public else "private, no-store"
    return reply


@require_safe
@staff_page(EDIT)
def rooms(request: HttpRequest) -> HttpResponse:
    """Every room on hire, published or not, with its first picture and how many there are."""
    offers = RoomOffer.objects.select_related("room").prefetch_related("pictures__renditions")
    return render(request, "conferences/staff_rooms.html", {"offers": offers})


@form_page
@staff_page(EDIT)
def room(request: HttpRequest, slug: str) -> HttpResponse:
    """A room's pictures in their order, and one more."""
    offer = _offer(slug)
    form = PictureForm(request.POST, request.FILES) if request.method == "POST" else PictureForm()
    if form.is_bound and form.is_valid():
        said, by, at = dict(form.cleaned_data), actor.of(request), timezone.now()
        upload = said.pop("picture")
        if attempt(form, lambda: picturing.add(offer, upload, **said, by=by, at=at)) is not None:
            messages.success(request, _("The picture is there."))
            return redirect("conferences:room", slug=slug)
    context = {"offer": offer, "pictures": offer.pictures.all(), "most": MOST_PICTURES}
    return answer(request, "conferences/staff_room.html", form, context)


@form_page
@staff_page(EDIT)
def one(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """What a picture shows, and another one in its place."""
    found = _picture(slug, pk)
    begins = {"alt_sv": found.alt_sv, "alt_en": found.alt_en}
    form = ChangedPictureForm(initial=begins)
    if request.method == "POST":
        form = ChangedPictureForm(request.POST, request.FILES)
    if form.is_bound and form.is_valid():
        said, by, at = dict(form.cleaned_data), actor.of(request), timezone.now()
        upload = said.pop("picture")
        if attempt(form, lambda: picturing.change(found, upload, **said, by=by, at=at)) is not None:
            messages.success(request, _("The picture is changed."))
            return redirect("conferences:room", slug=slug)
    return answer(request, "conferences/staff_picture.html", form, {"offer": found.offer, "picture": found})


@require_POST
@staff_page(EDIT)
def move(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """One place earlier or later."""
    found, by, at = _picture(slug, pk), actor.of(request), timezone.now()
    try:
        picturing.move(found, earlier="earlier" in request.POST, by=by, at=at)
    except Refused as refused:
        messages.error(request, str(refused))
    return redirect("conferences:room", slug=slug)


@require_POST
@staff_page(EDIT)
def remove(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Take it away. Pressed twice, it is gone all the same."""
    found, by, at = _picture(slug, pk), actor.of(request), timezone.now()
    try:
        picturing.remove(found, by=by, at=at)
        messages.success(request, _("The picture is taken away."))
    except Refused as refused:
        messages.error(request, str(refused))
    return redirect("conferences:room", slug=slug)


def _offer(slug: str) -> RoomOffer:
    found = RoomOffer.objects.select_related("room").prefetch_related("pictures__renditions")
    return get_object_or_404(found, room__slug=slug)


def _picture(slug: str, pk: int) -> RoomPicture:
    found = RoomPicture.objects.select_related("offer__room").prefetch_related("renditions")
    return get_object_or_404(found, pk=pk, offer__room__slug=slug)
