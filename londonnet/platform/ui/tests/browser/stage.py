"""A small server that shows our templates and scripts to a real browser, and says what the live process would say."""

import json
import mimetypes
import queue
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from types import SimpleNamespace
from urllib.parse import parse_qs, urlsplit

from django.test import RequestFactory
from jinja2 import Environment, FileSystemLoader

from londonnet.config.jinja import environment
from londonnet.platform.ui import assets
from londonnet.platform.ui.context import MenuEntry, Shell
from londonnet.platform.ui.csp import policy

ROOM = Path(assets.__file__).parent
TEMPLATES = (Path(__file__).parent / "pages", ROOM / "jinja2")
STATIC_FOLDERS = (ROOM / "static", assets.TARGET)
SIGNED_IN = Shell(
    trust_name="Alpha Probation Trust",
    user=SimpleNamespace(pk=7),
    user_name="Alice Adeyemi",
    menu=(MenuEntry("Home", "/", False), MenuEntry("Workload", "/workload", True)),
    account_url="/account",
)
SIGNED_OUT = Shell(trust_name="Alpha Probation Trust")


class Stage:
    """Pages by path; what they show may be changed between two requests.

    `context` is what the pages are given; `refuses` answers forms with their page again; `signed_out` ends the session;
    `posted` holds what arrived and `listened` the topics of each stream that was opened.
    """

    def __init__(self) -> None:
        self.context: dict[str, object] = {}
        self.refuses = False
        self.signed_out = False
        self.posted: list[bytes] = []
        self.listened: list[list[str]] = []
        self.streams: list[queue.Queue[str]] = []
        self._environment = _environment()
        self._server = _Server(("127.0.0.1", 0), _Handler)
        self._server.stage = self
        threading.Thread(target=self._server.serve_forever, daemon=True).start()
        self.address = f"http://localhost:{self._server.server_port}"

    def close(self) -> None:
        """Stop serving."""
        self._server.shutdown()
        self._server.server_close()

    def say(self, event: str, said: dict[str, object]) -> None:
        """An event to every open stream, as the live process sends it."""
        for stream in list(self.streams):
            stream.put(f"event: {event}\ndata: {json.dumps(said)}\n\n")

    def page(self, path: str) -> str:
        """The page as it is now."""
        request = RequestFactory().get(path)
        request.csp_nonce = "stage"  # type: ignore[attr-defined]
        shell = SIGNED_OUT if self.signed_out else SIGNED_IN
        template = self._environment.get_template(f"{path.strip('/')}.html")
        return template.render(request=request, shell=shell, **self.context)


def _environment() -> Environment:
    made = environment(loader=FileSystemLoader(TEMPLATES), autoescape=True)
    made.globals.update(static=lambda path: f"/static/{path}", get_messages=lambda request: [])
    return made


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    stage: Stage


class _Handler(BaseHTTPRequestHandler):
    server: _Server

    def log_message(self, *arguments: object) -> None:
        """Nothing: the test says what went wrong."""

    def do_GET(self) -> None:
        address = urlsplit(self.path)
        if address.path == "/live":
            self._stream(parse_qs(address.query).get("topic", []))
        elif address.path.startswith("/static/"):
            self._file(address.path.removeprefix("/static/"))
        elif self.server.stage.signed_out and "X-LondonNet-Refresh" in self.headers:
            self._send(401, "text/plain", b"Sign in again to go on.")
        else:
            self._page(address.path)

    def do_POST(self) -> None:
        stage = self.server.stage
        stage.posted.append(self.rfile.read(int(self.headers["Content-Length"])))
        if stage.refuses:
            stage.context["refused"] = True
            self._page(self.path, 403)
            return
        self.send_response(302)
        self.send_header("Location", "/done")
        self.end_headers()

    def _page(self, path: str, status: int = 200) -> None:
        self._send(status, "text/html; charset=utf-8", self.server.stage.page(path).encode())

    def _file(self, name: str) -> None:
        found = next((folder / name for folder in STATIC_FOLDERS if (folder / name).is_file()), None)
        if found is None:
            self._send(404, "text/plain", b"")
            return
        self._send(200, mimetypes.guess_type(name)[0] or "text/plain", found.read_bytes())

    def _send(self, status: int, kind: str, content: bytes) -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(content)))
        self.send_header("Content-Security-Policy", policy("stage"))
        self.end_headers()
        self.wfile.write(content)

    def _stream(self, topics: list[str]) -> None:
        stage, said = self.server.stage, queue.Queue[str]()
        self.send_response(200)
        self.send_header("Content-Type", "text/event-stream")
        self.end_headers()
        self.wfile.write(b": here\n\n")
        stage.streams.append(said)
        stage.listened.append(sorted(topics))
        while True:
            try:
                self.wfile.write(said.get().encode())
                self.wfile.flush()
            except OSError:
                return
