"""The product under load: how it is started, and the requests that its visitors send."""

import json
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote, urlencode

from tests.bench.load import NUMBER
from tests.bench.pages import FormRead, PageRead, read_page
from tests.bench.raw_store import Content
from tests.bench.servers import ROOT, Command, NotServing, Server, get
from tests.bench.site import Made

LIST = "/eservices/"
SERVICE = "resident-pension-enrol"
DETAIL = f"{LIST}{SERVICE}/"
FIRST_PAGES = ("/", LIST, DETAIL, "/sign-in")
MOST_STEPS = 40
_COOKIE = "lianxin-session"
_FORM = "application/x-www-form-urlencoded"


def make_site(folder: Path, database: str, sessions: int) -> Made:
    """The demonstration, made in a process of its own. Raises NotServing."""
    command = [sys.executable, "-m", "tests.bench.site", str(folder), database, str(sessions)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    if done.returncode:
        raise NotServing(f"the demonstration could not be made:\n{done.stderr[-3000:]}")
    made: Made = json.loads(done.stdout.splitlines()[-1])
    return made


def product_command(folder: Path, server: str) -> Command:
    """`lianxin serve` as an operator starts it: web and worker in one process, behind a proxy on this machine."""
    program = str(Path(sys.executable).with_name("lianxin"))
    environment = {"LIANXIN_BASE_URL": "http://127.0.0.1:{port}", "LIANXIN_TRUSTED_PROXIES": "127.0.0.1"}
    parts = [program, "--site", str(folder), "serve", "--listen", "127.0.0.1:{port}", "--server", server]
    return Command("product", parts, environment)


@dataclass(frozen=True)
class Visitor:
    """One browser behind the proxy: an address of its own, and a session unless `token` is empty."""

    server: Server
    token: str
    number: int

    def headers(self) -> dict[str, str]:
        """What it sends with everything."""
        address = f"10.{self.number >> 16 & 255}.{self.number >> 8 & 255}.{self.number & 255}"
        sent = {"Host": f"127.0.0.1:{self.server.port}", "Accept-Language": "zh-CN", "X-Forwarded-For": address}
        if self.token:
            sent["Cookie"] = f"{_COOKIE}={self.token}"
        return sent

    def asks(self, path: str) -> str:
        """A whole GET."""
        return request_text("GET", path, self.headers())

    def sends(self, path: str, values: dict[str, str]) -> str:
        """A whole POST of a form, with a key that is new each time."""
        body = urlencode({**values, "_key": NUMBER}, quote_via=quote, safe="@")
        return request_text("POST", path, {**self.headers(), "Sec-Fetch-Site": "same-origin"}, body)

    def open(self, path: str) -> tuple[str, PageRead]:
        """A page, redirects followed: its address and what is on it. Raises NotServing."""
        for _ in range(5):
            status, headers, body = get(self.server.port, path, self.headers())
            if status == 303:
                path = headers["location"]
                continue
            if status == 200:
                return path, read_page(body.decode())
            raise NotServing(f"{path} answered {status}:\n{body[-600:].decode(errors='replace')}")
        raise NotServing(f"{path} leads in circles")

    def submit(self, form: FormRead) -> str:
        """Sends a form as it stands; where that leads. Raises NotServing."""
        headers = {**self.headers(), "Sec-Fetch-Site": "same-origin", "Content-Type": _FORM}
        status, answered, body = get(self.server.port, form.action, headers, urlencode(form.values))
        if status != 303:
            raise NotServing(f"{form.action} answered {status}:\n{body[-600:].decode(errors='replace')}")
        return answered["location"]


def request_text(method: str, path: str, headers: dict[str, str], body: str = "") -> str:
    """A request of HTTP/1.1 as text."""
    if method == "POST":
        headers = {**headers, "Content-Type": _FORM, "Content-Length": str(len(body))}
    return "\r\n".join([f"{method} {path} HTTP/1.1", *(f"{n}: {v}" for n, v in headers.items()), "", body])


def residents(server: Server, made: Made) -> list[Visitor]:
    """Those who are signed in."""
    return [Visitor(server, token, number) for number, token in enumerate(made["residents"], 1)]


def strangers(server: Server) -> list[Visitor]:
    """Those who are not: more than one township behind one address."""
    return [Visitor(server, "", 1000 + number) for number in range(1000)]


def colleagues(server: Server, made: Made) -> list[Visitor]:
    """Those at the desk."""
    return [Visitor(server, token, 60_000 + number) for number, token in enumerate(made["staff"])]


def content_of(server: Server, visitor: Visitor) -> Content:
    """What the list and a detail show, for the raw line to show the same."""
    _, list_page = visitor.open(LIST)
    _, detail_page = visitor.open(DETAIL)
    rows = {address: [address, *_two(texts)] for address, texts in list_page.links if _is_service(address)}
    if len(rows) < 2:
        raise NotServing(f"{LIST} lists no services")
    sizes = [len(get(server.port, path, visitor.headers())[2]) for path in (LIST, DETAIL)]
    return Content(services=list(rows.values()), parts=detail_page.lines, list_bytes=sizes[0], detail_bytes=sizes[1])


def _is_service(address: str) -> bool:
    return address.startswith(LIST) and address.count("/") == 3 and "?" not in address and len(address) > len(LIST)


def _two(texts: list[str]) -> list[str]:
    return [texts[0] if texts else "", " ".join(texts[1:])]


def begin_application(visitor: Visitor) -> str:
    """She agrees, unless she did before; the address of the question where she stands."""
    path, page = visitor.open(f"{DETAIL}apply")
    if "/draft/" in path:
        return path
    return visitor.open(visitor.submit(page.form_to(f"{DETAIL}apply")))[0]


def first_question(visitor: Visitor) -> str:
    """The address that takes the answer to the first question, however far she came."""
    return begin_application(visitor).rpartition("/")[0] + "/whom"


def apply_whole(visitor: Visitor) -> str:
    """A whole application with the first answer to everything; the code of its matter."""
    path = begin_application(visitor)
    for _ in range(MOST_STEPS):
        path, page = visitor.open(path)
        if "/receipt/" in path:
            return path.rsplit("/", 1)[-1]
        form = next(
            one for one in page.forms if one.method == "post" and ("/draft/" in one.action or "/send/" in one.action)
        )
        path = visitor.submit(form)
    raise NotServing(f"the application never came to its end: {path}")


def first_load(server: Server) -> dict[str, int]:
    """Bytes on the wire of the first visit to each kind of page: HTML, styles and scripts, packed, with heads."""
    return {path: _weight(server, path) for path in FIRST_PAGES}


def _weight(server: Server, path: str) -> int:
    import gzip

    packed = {**Visitor(server, "", 70_000).headers(), "Accept-Encoding": "gzip"}
    status, headers, body = get(server.port, path, packed)
    if status != 200:
        raise NotServing(f"{path} answered {status}")
    text = gzip.decompress(body) if headers.get("content-encoding") == "gzip" else body
    total = _bytes(headers, body)
    for file in dict.fromkeys(read_page(text.decode()).files):
        _, head, content = get(server.port, file, packed)
        total += _bytes(head, content)
    return total


def _bytes(headers: dict[str, str], body: bytes) -> int:
    return len(body) + sum(len(name) + len(value) + 4 for name, value in headers.items()) + 19
