"""What a request asks of a declared list, with the views that the person has saved of it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from django.http import HttpRequest, QueryDict

from londonnet.platform.access.models import User

from . import filters
from .columns import Column, Sort
from .filters import Between, Values
from .selectors import View, views_of
from .spec import ListSpec
from .wanted import Wanted, wanted, written

FORMATS: Final = ("csv", "xlsx")
STANDARD: Final = "standard"
"""`?view=standard`: the list as everybody gets it, whatever the person's default view."""
_PASSING: Final = ("page", "view", "format", "fragment")


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked of a list.

    Attributes:
        spec: the list.
        path: the page that it stands on.
        columns: those to show, in order.
        sort: what it is sorted by.
        page: the page asked for, from 1; whether there is such a page the reader of the rows knows.
        values: what it is narrowed to, by parameter.
        format: "csv" or "xlsx" for an export; empty for the page.
        views: the views that the person has saved of it.
        view: the view that is followed, perhaps with changes.
        is_changed: whether what is asked differs from that view.
        fixed: the page's own parameters, which the list leaves alone.
        GET: all parameters that ask for exactly this again: what `query`, `table` and `pagination` build on.
    """

    spec: ListSpec
    path: str
    columns: tuple[Column, ...]
    sort: Sort
    page: int
    values: Values
    format: str
    views: tuple[View, ...]
    view: View | None
    is_changed: bool
    fixed: QueryDict
    GET: QueryDict

    def choice(self, key: str) -> str:
        """The value that one of the filters asks for; empty for any."""
        return next(iter(self.values.get(key, ())), "")

    def choices(self, key: str) -> tuple[str, ...]:
        """The values that one of the filters asks for; none for any."""
        return self.values.get(key, ())

    def between(self, key: str) -> Between:
        """The numbers that one of the filters asks for."""
        return filters.between(self.spec.filter(key), self.values)

    def shows(self, key: str) -> bool:
        """Whether a column is shown."""
        return any(column.key == key for column in self.columns)

    @property
    def wanted(self) -> Wanted:
        """The columns, order and filters alone."""
        return Wanted(self.columns, self.sort, self.values)

    def with_values(self, changes: Mapping[str, Sequence[str]]) -> str:
        """The query that asks for the same but for some parameters; one without values isn't asked for any more."""
        own = written(self.spec, self.wanted)
        for key, values in changes.items():
            own.setlist(key, list(values))
            if not values:
                own.pop(key)
        return again(self.fixed, own, self.GET.get("view", ""))


def asked(request: HttpRequest, spec: ListSpec) -> Asked:
    """What the request asks of the list; what isn't known is ignored. One query.

    With nothing asked the person's default view applies. A link that narrows or sorts the list without choosing columns
    gets those of that view, but never its filters: the list behind a number must hold what the number counts.
    """
    assert isinstance(request.user, User)  # noqa: S101  # every list stands behind a sign-in
    given = request.GET
    views = views_of(request.user, spec.name)
    view, parameters = _followed(spec, given, views)
    one = wanted(spec, parameters)
    own = written(spec, one)
    if view and not own and view.query:
        view = None
    page = _page(given)
    fixed = _fixed(spec, given)
    return Asked(
        spec=spec,
        path=request.path,
        columns=one.columns,
        sort=one.sort,
        page=page,
        values=one.values,
        format=given.get("format", "") if given.get("format") in FORMATS else "",
        views=views,
        view=view,
        is_changed=view is not None and own != _of_view(spec, view),
        fixed=fixed,
        GET=_all(fixed, own, _marker(view, views), page),
    )


def again(fixed: QueryDict, own: QueryDict, view: str) -> str:
    """An address of the same page that asks for this."""
    marker = STANDARD if view and not own else view
    return f"?{_all(fixed, own, marker, 1).urlencode()}"


def _followed(spec: ListSpec, given: QueryDict, views: tuple[View, ...]) -> tuple[View | None, QueryDict]:
    """The view that is followed, and the parameters in force."""
    named = next((view for view in views if str(view.pk) == given.get("view")), None)
    asks = any(key in given for key in spec.keys)
    if named or given.get("view") == STANDARD:
        return named, given if asks or not named else QueryDict(named.query)
    default = next((view for view in views if view.is_default), None)
    if default is None:
        return None, given
    kept = QueryDict(default.query)
    return (None, _with_columns_of(given, kept)) if asks else (default, kept)


def _with_columns_of(given: QueryDict, kept: QueryDict) -> QueryDict:
    both = given.copy()
    for key in ("columns", "sort"):
        if key not in given and key in kept:
            both[key] = kept.get(key, "")
    return both


def _of_view(spec: ListSpec, view: View) -> QueryDict:
    return written(spec, wanted(spec, QueryDict(view.query)))


def _marker(view: View | None, views: tuple[View, ...]) -> str:
    """What keeps the default view from applying to a link that asks for something else."""
    if view:
        return str(view.pk)
    return STANDARD if any(one.is_default for one in views) else ""


def _all(fixed: QueryDict, own: QueryDict, view: str, page: int) -> QueryDict:
    query = fixed.copy()
    query.update({key: value for key, value in (("view", view),) if value})
    for key in own:
        query.setlist(key, own.getlist(key))
    if page > 1:
        query["page"] = str(page)
    return query


def _fixed(spec: ListSpec, given: QueryDict) -> QueryDict:
    kept = given.copy()
    for key in (*spec.keys, *_PASSING):
        kept.pop(key, None)
    return kept


def _page(given: QueryDict) -> int:
    number = given.get("page", "1")
    return max(1, int(number)) if number.isascii() and number.isdigit() and len(number) < 7 else 1
