"""The product's own routes and one more, whose answer is streamed."""

from collections.abc import Iterator

from django.db import connection
from django.http import HttpRequest, StreamingHttpResponse
from django.urls import URLPattern, URLResolver, path

from londonnet.config.urls import urlpatterns as of_the_house
from londonnet.platform.access import public
from londonnet.platform.trusts import current_trust

PIECES = 8


@public
def streamed(request: HttpRequest) -> StreamingHttpResponse:
    """A line for each piece: the trust that is entered, and the database that answers."""
    return StreamingHttpResponse(_pieces(), content_type="text/plain")


def _pieces() -> Iterator[str]:
    for _ in range(PIECES):
        with connection.cursor() as cursor:
            cursor.execute("SELECT current_database()")
            (database,) = cursor.fetchone() or ("",)
        yield f"{current_trust().slug} {database}\n"


urlpatterns: list[URLPattern | URLResolver] = [path("streamed", streamed), *of_the_house]
