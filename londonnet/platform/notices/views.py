"""A user's own notices: the bell, the list, and how they want to be told."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from londonnet.platform.access.models import User
from londonnet.platform.access.routes import signed_in
from londonnet.platform.errors import NotAllowed
from londonnet.platform.trusts.snapshot import snapshot
from londonnet.platform.ui.context import bare

from . import selectors, services
from .bell import Bell
from .forms import ChoicesForm
from .topics import topic_of


@require_safe
@signed_in
def notices(request: HttpRequest) -> HttpResponse:
    """All notices, the newest first."""
    user, page = _own(request), request.GET.get("page", "")
    with snapshot():
        shown = selectors.notices_page(user, int(page) if page.isdecimal() and len(page) < 9 else 1)
    return render(request, "notices/notices.html", {"shown": shown, "topic": topic_of(user.pk)})


@require_safe
@signed_in
def open_notice(request: HttpRequest, pk: int) -> HttpResponseRedirect:
    """Mark a notice as read and go where it leads; looking ahead (HEAD) marks nothing."""
    user = _own(request)
    found = services.open_notice(user=user, pk=pk) if request.method == "GET" else selectors.notice(user, pk)
    if found is None:
        raise NotAllowed
    return HttpResponseRedirect(found.url or f"/notices#notice-{pk}")


@require_POST
@signed_in
def read_all(request: HttpRequest) -> HttpResponse:
    """Mark all as read."""
    services.mark_all_read(user=_own(request))
    return redirect("notices")


@require_safe
@signed_in
def bell(request: HttpRequest) -> HttpResponse:
    """The bell, for pages that are open."""
    return render(bare(request), "ui/_bell.html", {"bell": Bell(_own(request))})


@require_safe
@signed_in
def newest(request: HttpRequest) -> HttpResponse:
    """The tile of the home page, for pages that are open."""
    user = _own(request)
    context = {"rows": selectors.newest_unread(user), "topic": topic_of(user.pk)}
    return render(bare(request), "notices/tile.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def settings(request: HttpRequest) -> HttpResponse:
    """How one wants each kind of notice."""
    user = _own(request)
    form = ChoicesForm(selectors.kind_choices(user), request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        services.save_choices(user=user, chosen=form.chosen())
        messages.success(request, "Your choices are saved.")
        return redirect("notice_settings")
    return render(request, "notices/settings.html", {"form": form}, status=422 if form.errors else 200)


def _own(request: HttpRequest) -> User:
    assert isinstance(request.user, User)  # noqa: S101  # the route lets only signed-in users in
    return request.user
