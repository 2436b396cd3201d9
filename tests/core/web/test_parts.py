"""The look: every part and layout is rendered with a visit made by hand and read back as a reader would."""

from __future__ import annotations

import gzip
import hashlib
import re
import tomllib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from lianxin.access.actor import ANYBODY, Actor

ROOT = Path(__file__).parents[3]
TEMPLATES = ROOT / "core/lianxin/web/templates"
KERNEL_STATIC = ROOT / "core/lianxin/web/static"
THEME_STATIC = ROOT / "themes/lianxin_theme_default/static"
VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "wbr"}
SVG_EMPTY = {"use", "path", "circle", "rect"}
NONCE = "n0nce"
QR = Markup('<svg viewBox="0 0 4 4"><path d="M0 0h4v1H0z"/></svg>')


@dataclass(frozen=True)
class Community:
    name: str = "陈家岭社区"
    phone: str = "0839-012 3456"
    phone_link: str = "08390123456"
    hours: str = "8:30-18:00"


@dataclass(frozen=True)
class Notice:
    kind: str
    text: str


@dataclass(frozen=True)
class Entry:
    title: str
    href: str
    icon: str
    current: bool = False
    badge: int = 0
    badge_late: bool = False
    group: str = ""


@dataclass(frozen=True)
class Visit:
    language: str = "zh_Hans"
    html_lang: str = "zh-Hans"
    signed_in: bool = True
    staff: bool = False
    person_name: str = "周*华"
    elder: str = ""
    theme: str = ""
    community: Community = field(default_factory=Community)
    demo: bool = False
    path: str = "/"
    nonce: str = NONCE
    request_id: str = "8f3a01"
    notices: tuple[Notice, ...] = ()
    other_language_url: str = "/?lang=en"
    elder_url: str = "/?elder=on"
    theme_url: str = "/desk/?theme=dark"
    live_url: str = "/live"
    data_version: str = "1"
    actor: Actor = ANYBODY


@dataclass(frozen=True)
class Field:
    name: str
    kind: str
    label: str
    value: Any = ""
    hint: str = ""
    error: str = ""
    required: bool = True
    autocomplete: str = ""
    inputmode: str = ""
    choices: tuple[tuple[str, str, str], ...] = ()
    multiple: bool = False
    maxlength: int = 0
    rows: int = 0
    accept: str = ""

    @property
    def id(self) -> str:
        return f"f-{self.name}"


@dataclass(frozen=True)
class Form:
    fields: tuple[Field, ...]
    action: str = "/send"
    key: str = "k-1"
    enctype: str = ""

    @property
    def errors(self) -> list[tuple[str, str]]:
        return [(each.id, each.error) for each in self.fields if each.error]

    def field(self, name: str) -> Field:
        return next(each for each in self.fields if each.name == name)


@dataclass(frozen=True)
class Page:
    title: str
    status: int = 200
    text: str = ""
    code: str = ""
    first: str = ""
    form: Form | None = None
    columns: tuple[tuple[str, ...], ...] = ()
    qr: Markup = QR


SHELVES = {
    "portal": [
        Entry("首页", "/", "home", True), Entry("办事", "/eservices/", "doc"),
        Entry("我的事项", "/account/matters", "list"),
    ],
    "tabbar": [
        Entry("首页", "/", "home", True), Entry("办事", "/eservices/", "doc"),
        Entry("我的事项", "/account/matters", "list", badge=1), Entry("消息", "/account/messages", "mail"),
    ],
    "desk": [
        Entry("待办队列", "/desk/", "inbox", True, 3, True), Entry("咨询", "/desk/ask", "ask", badge=6),
        Entry("事项", "/desk/matters", "doc", badge=38), Entry("数据", "/desk/figures", "bars", group="公开与财务"),
        Entry("人员与权限", "/admin/people", "users", group="管理"),
        Entry("插件", "/admin/plugins", "plug", group="管理"),
    ],
    "admin": [Entry("人员与权限", "/admin/people", "users"), Entry("插件", "/admin/plugins", "plug", True)],
    "account": [],
}  # fmt: skip

WAYS = (
    ("fetch", "请网格员上门收", "周一到周五，先打电话再来"),
    ("bring", "我送到窗口", "陈家岭社区便民服务大厅，一楼"),
)
FORM = Form(
    (
        Field("phone", "tel", "手机号", "138 0000 5678", "办好了打这个号码告诉您", autocomplete="tel"),
        Field("number", "number", "来多少人", "80", "最多 60 人", "这里最多 60 人，请改小一些"),
        Field("name", "text", "姓名", "周*华", autocomplete="name", maxlength=30),
        Field("code", "code", "短信里的 6 位数", autocomplete="one-time-code", inputmode="numeric", maxlength=6),
        Field("secret", "password", "密码", "not shown", autocomplete="current-password"),
        Field("day", "date", "哪一天", "2026-12-11"),
        Field("words", "textarea", "还有什么要说的", "<b>不是粗体</b>", required=False, rows=3),
        Field("area", "select", "哪个社区", "b", choices=(("a", "陈家岭社区", ""), ("b", "普子岭社区", ""))),
        Field("way", "choice", "材料怎么交？", "fetch", choices=WAYS),
        Field("days", "ticks", "哪几天方便", ("mon",), error="请至少选两天",
              choices=(("mon", "周一", ""), ("tue", "周二", ""))),
        Field("agree", "tick", "我同意这样使用我的信息", True, "只用来办这件事"),
        Field("photos", "file", "拍照", multiple=True, accept="image/*", hint="最多 3 张，每张 12 MB 以内"),
        Field("search", "search", "找一找", required=False),
        Field("step", "hidden", "", "2"),
    )
)  # fmt: skip
COLUMNS = (
    ("phone", "number", "name", "code", "secret", "day", "step"),
    ("way", "days", "agree"),
    ("words", "area", "photos", "search"),
)
PARTS = Page("全部部件", form=FORM, columns=COLUMNS)


def asset(name: str) -> str:
    """The address of a static file, theme first; a file that is nowhere is a mistake of the template."""
    for folder in (THEME_STATIC, KERNEL_STATIC):
        if (folder / name).is_file():
            return f"/static/x/{name}"
    raise LookupError(f"no static file {name}")


def environment(catalogue: Mapping[str, str] | None = None, *extra: Path) -> Environment:
    """Jinja as the web room sets it up: strict, escaped, newstyle gettext; other folders may be laid over it."""
    known = catalogue or {}

    def gettext(message: str) -> str:
        return known.get(message, message)

    made = Environment(
        loader=FileSystemLoader([*extra, TEMPLATES]),
        autoescape=True,
        undefined=StrictUndefined,
        extensions=["jinja2.ext.i18n"],
    )
    made.install_gettext_callables(gettext, lambda one, many, count: one if count == 1 else many, newstyle=True)  # type: ignore[attr-defined]
    made.globals.update(asset=asset, navigation=lambda shelf: SHELVES[shelf], url=lambda name, **_: f"/{name}")
    made.globals["slot"] = lambda name: Markup("")
    return made


class Reader(HTMLParser):
    """Reads a page strictly: what opens must close, and everything is noted for the questions below."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.tags: list[tuple[str, dict[str, str], tuple[str, ...]]] = []
        self.feed(text)
        self.close()
        assert not self.open, f"never closed: {self.open}"

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        names = [name for name, _ in attrs]
        assert len(names) == len(set(names)), f"an attribute twice in <{tag} {names}>"
        self.tags.append((tag, {name: value or "" for name, value in attrs}, tuple(self.open)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert tag in VOID | SVG_EMPTY, f"<{tag}/> does not close itself"
        self.tags.append((tag, {name: value or "" for name, value in attrs}, tuple(self.open)))

    def handle_endtag(self, tag: str) -> None:
        assert self.open[-1:] == [tag], f"</{tag}> closes {self.open[-3:]}"
        self.open.pop()

    def each(self, tag: str) -> Iterator[dict[str, str]]:
        return (attrs for name, attrs, _ in self.tags if name == tag)

    def values(self, attribute: str) -> list[str]:
        return [attrs[attribute] for _, attrs, _ in self.tags if attribute in attrs]


DESK = """{% set panes = true %}{% set detail_open = true %}{% extends "layouts/desk.html" %}
{% from "parts/desk.html" import job, group, arrivals, keys, live_dot, refresh_without_script with context %}
{% block head %}{{ refresh_without_script(60) }}{% endblock %}
{% block queue %}<div class="pane-head"><h1>{{ page.title }}</h1>{{ live_dot('10:42') }}</div>
{{ arrivals('/desk/arrived') }}
{% set late = {'kind': 'late', 'text': '2 d', 'share': 100} %}
{{ group('Overdue', '1', 'late') }}<ul>{{ job('A', '/desk/m/A', 'a fact', late, '何*', current=true) }}
{{ job('B', '/desk/m/B', 'a fact', {'kind': 'ok', 'text': '2 d', 'share': 20}) }}</ul>{{ keys() }}{% endblock %}
{% block detail %}<div class="pane-head"><h2>A</h2></div><div class="pane-body">…</div>{% endblock %}"""
SHEET = '{% extends "layouts/admin.html" %}{% block content %}<h1>{{ page.title }}</h1>{% endblock %}'
PAPER = '{% set look = "desk" %}{% extends "layouts/print.html" %}{% block content %}<h1>回执</h1>{% endblock %}'
RECEIPT = """{% set narrow = true %}{% extends "layouts/resident.html" %}
{% from "parts/receipt.html" import receipt, ticket with context %}
{% block content %}{% call receipt('已经收到您的申请') %}{{ ticket('7K3M 92QD') }}{% endcall %}{% endblock %}
{% block dock %}<div class="dock no-print"><a class="btn btn-go" href="/">首页</a></div>{% endblock %}"""

RESIDENT = Visit(notices=(Notice("ok", "已经收到"), Notice("warn", "还差一样"), Notice("late", "超期了")), demo=True)
STAFF = replace(RESIDENT, staff=True, path="/desk/", theme="dark")
ENGLISH = replace(RESIDENT, language="en", html_lang="en", signed_in=False)


def render(source: str, visit: Visit, page: Page) -> str:
    env = environment()
    template = env.get_template(source) if source.endswith(".html") else env.from_string(source)
    return template.render(visit=visit, page=page)


RENDERED: dict[str, Callable[[], str]] = {
    "parts": lambda: render("parts.html", RESIDENT, PARTS),
    "parts in English, signed out": lambda: render("parts.html", ENGLISH, PARTS),
    "parts for elders": lambda: render("parts.html", replace(RESIDENT, elder="on"), PARTS),
    "parts for elders, bigger": lambda: render("parts.html", replace(RESIDENT, elder="bigger"), PARTS),
    "desk": lambda: render(DESK, STAFF, Page("待办队列")),
    "sheet": lambda: render(SHEET, STAFF, Page("插件")),
    "paper": lambda: render(PAPER, STAFF, Page("回执")),
    "receipt": lambda: render(RECEIPT, RESIDENT, Page("已提交")),
    **{
        f"error {status} at {path}": lambda status=status, path=path: render(  # type: ignore[misc]
            "error.html",
            replace(STAFF, path=path),
            Page("出错了", status=status, code="case.gone", first="/m/4F7K2M9Q" if status == 409 else ""),
        )
        for status, path in ((401, "/"), (403, "/desk/m/A"), (404, "/"), (409, "/admin/x"), (418, "/"), (500, "/"))
    },
}


@pytest.fixture(params=sorted(RENDERED))
def page_text(request: pytest.FixtureRequest) -> str:
    return RENDERED[request.param]()


def test_every_page_is_well_formed_and_says_what_it_is(page_text: str) -> None:
    page = Reader(page_text)
    assert len(list(page.each("h1"))) >= 1
    assert len(list(page.each("main"))) == 1
    assert "<title></title>" not in page_text
    assert next(page.each("html"))["lang"] in ("zh-Hans", "en")


def test_ids_are_unique_and_whatever_points_finds_its_place(page_text: str) -> None:
    page = Reader(page_text)
    ids = page.values("id")
    assert len(ids) == len(set(ids)), sorted(ids)
    pointers = [
        word
        for name in ("for", "aria-labelledby", "aria-describedby")
        for value in page.values(name)
        for word in value.split()
    ]
    pointers += [value[1:] for value in page.values("href") if re.fullmatch(r"#.+", value)]
    assert set(pointers) <= set(ids)


def test_every_control_has_its_words(page_text: str) -> None:
    page = Reader(page_text)
    labelled = set(page.values("for"))
    for tag, attrs, around in page.tags:
        if tag in ("input", "select", "textarea") and attrs.get("type") != "hidden":
            assert attrs.get("id") in labelled or "label" in around or attrs.get("aria-label"), attrs


def test_nothing_that_the_content_policy_forbids(page_text: str) -> None:
    page = Reader(page_text)
    for tag, attrs, _ in page.tags:
        assert tag != "style"
        assert "style" not in attrs
        assert not [name for name in attrs if re.match(r"on[a-z]|hx-on", name)]
        assert "js:" not in "".join(value for name, value in attrs.items() if name.startswith("hx-"))
        if tag == "script":
            assert attrs["nonce"] == NONCE
            assert attrs["src"].startswith("/static/")
        if any(name.startswith("hx-") for name in attrs):
            assert attrs["hx-nonce"] == NONCE, "without its nonce htmx ignores the element"


def test_every_icon_is_in_the_sprite_and_hidden_from_readers(page_text: str) -> None:
    known = set(re.findall(r'<symbol id="(i-[a-z]+)"', (THEME_STATIC / "icons.svg").read_text()))
    page = Reader(page_text)
    for attrs in page.each("use"):
        assert attrs["href"].partition("#")[2] in known
    assert all(attrs.get("aria-hidden") == "true" for attrs in page.each("svg") if attrs.get("width") in ("24", "32"))


def test_a_person_is_one_tap_away_on_every_resident_page() -> None:
    for name in ("parts", "parts for elders", "receipt", "error 500 at /"):
        bar = RENDERED[name]().partition('<nav class="tabbar"')[2]
        last = re.findall(r"<a [^>]*>", bar)[-1]
        assert 'href="tel:08390123456"' in last, name


def test_elders_get_few_choices_bigger_letters_and_a_voice() -> None:
    text = RENDERED["parts for elders"]()
    assert 'data-elder="on"' in text
    assert len(re.findall(r"<a ", text.partition('<nav class="tabbar"')[2].partition("</nav>")[0])) == 3
    assert "?elder=bigger" in text
    assert 'data-read="#main"' in text
    assert "data-elder" not in RENDERED["desk"]()


def test_dark_is_for_the_desk_only() -> None:
    assert 'data-theme="dark"' in RENDERED["desk"]()
    assert "data-theme" not in RENDERED["receipt"]()


def test_a_failed_form_says_so_first_and_with_the_same_words() -> None:
    text = RENDERED["parts"]()
    main = text.partition("<main")[2]
    summary = main.partition('<div class="errors"')[2].partition("</div>")[0]
    assert 'role="alert"' in summary
    assert 'tabindex="-1"' in summary
    assert main.index('class="errors"') < main.index('class="field')
    for target, words in FORM.errors:
        assert f'<a href="#{target}">{words}</a>' in summary
        assert main.count(words) == 2
        assert re.search(rf'aria-describedby="[^"]*{target}-error"', main)


def test_what_was_typed_stays_text_and_a_password_is_never_sent_back() -> None:
    text = RENDERED["parts"]()
    assert "&lt;b&gt;不是粗体&lt;/b&gt;</textarea>" in text
    assert "not shown" not in text
    assert '<input type="hidden" name="_key" value="k-1">' in text
    assert '<option value="b" selected>' in text
    assert re.search(r'value="fetch" checked', text)


def test_templates_keep_their_size_and_trust_nothing() -> None:
    for path in sorted(TEMPLATES.rglob("*.html")):
        text = path.read_text(encoding="utf-8")
        assert len(text.splitlines()) <= 150, path
        assert not re.search(r"\|\s*safe\b|\sstyle=|\son[a-z]+=", text), path
        environment().parse(text)


def test_the_sheet_is_small_plain_and_knows_every_class() -> None:
    sheets = [(THEME_STATIC / name).read_text(encoding="utf-8") for name in ("tokens.css", "lianxin.css")]
    assert sum(len(sheet.encode()) for sheet in sheets) <= 40 * 1024
    assert not re.search(r"@layer|@import|@font-face|url\(", "".join(sheets))
    known = set(re.findall(r"\.([a-z][\w-]*)", sheets[1]))
    marks = {"went-wrong", "tag-wait", "notices-top"}  # for scripts, or the plain state of a part
    used = {name for make in RENDERED.values() for value in Reader(make()).values("class") for name in value.split()}
    assert used - known - marks == set()


def luminance(colour: str) -> float:
    full = colour if len(colour) == 7 else "#" + "".join(2 * digit for digit in colour[1:])
    parts = [int(full[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("mode", [":root", '[data-theme="dark"]', "[data-elder]"])
def test_every_text_colour_can_be_read_on_every_ground(mode: str) -> None:
    sheet = (THEME_STATIC / "tokens.css").read_text(encoding="utf-8").partition("@media print")[0]
    colours: dict[str, str] = {}
    for name in (":root", mode):
        block = sheet.partition(f"\n{name} {{")[2].partition("\n}")[0]
        assert block, name
        colours |= dict(re.findall(r"--([\w-]+): (#[0-9a-f]{3,6});", block))
    for ground in ("paper", "surface", "sunken"):
        for ink in ("ink", "ink-2", "ink-3", "act", "act-deep", "brand", "brand-deep", "late", "soon", "ok"):
            assert contrast(colours[ink], colours[ground]) >= 4.5, (ink, ground)
        assert contrast(colours["edge"], colours[ground]) >= 3, ("edge", ground)
    for kind in ("act", "brand", "late", "soon", "ok"):
        for ink in (kind, "ink", "ink-2", "ink-3"):
            assert contrast(colours[ink], colours[f"{kind}-tint"]) >= 4.5, (ink, kind)
    assert contrast(colours["on-act"], colours["act"]) >= 4.5


def test_vendored_files_are_the_published_ones() -> None:
    folder = KERNEL_STATIC / "vendor/htmx"
    listed = tomllib.loads((folder / "VENDOR.toml").read_text(encoding="utf-8"))["sha256"]
    found = {
        path.name: hashlib.sha256(path.read_bytes()).hexdigest()
        for path in folder.iterdir()
        if path.name != "VENDOR.toml"
    }
    assert found == listed


def test_own_scripts_need_no_favour_from_the_content_policy() -> None:
    for path in sorted(KERNEL_STATIC.glob("*.js")):
        text = path.read_text(encoding="utf-8")
        assert not re.search(
            r"\beval\(|new Function|\.innerHTML|\.outerHTML|insertAdjacentHTML|\.style\b|document\.write", text
        ), path
        assert not re.search(r"=>|\blet\b|\bconst\b|`|\?\.|\?\?|\(\?<", text), f"{path} would stop an old phone"
        assert not re.search(r"setTimeout\(['\"]|https?://", text), path


def test_the_first_load_of_a_resident_page_is_light() -> None:
    text = RENDERED["parts"]()
    page = Reader(text)
    files = [attrs["href"] for attrs in page.each("link") if attrs["rel"] == "stylesheet"] + [
        attrs["src"] for attrs in page.each("script")
    ]
    bodies = [text.encode()]
    for address in files:
        name = address.removeprefix("/static/x/")
        bodies.append(
            next(folder / name for folder in (THEME_STATIC, KERNEL_STATIC) if (folder / name).is_file()).read_bytes()
        )
    assert sum(len(gzip.compress(body, 6)) for body in bodies) <= 60 * 1024
