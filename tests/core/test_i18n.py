"""What i18n promises, shown."""

import time as clock
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jinja2 import Environment

from lianxin import i18n
from lianxin.i18n import (
    N_,
    Catalogues,
    Language,
    LazyText,
    find_language,
    format_date,
    format_datetime,
    format_day_relative,
    format_due,
    format_duration_left,
    format_time,
    gettext,
    html_lang,
    lazy_pgettext,
    negotiate,
    ngettext,
    npgettext,
    pgettext,
    use_language,
)
from lianxin.i18n.catalogues import po_path

NOW = datetime(2026, 11, 24, 4, 0, tzinfo=UTC)  # noon in the county
ZONE = ZoneInfo("Asia/Shanghai")

CHINESE = """
msgid ""
msgstr "Plural-Forms: nplurals=1; plural=0;\\n"

msgid "Hello %(name)s"
msgstr "您好，%(name)s"

msgid "<b>Hello</b> %(name)s"
msgstr "<b>您好</b>，%(name)s"

msgctxt "month"
msgid "May"
msgstr "五月"

msgid "%(num)s person"
msgid_plural "%(num)s people"
msgstr[0] "%(num)s 人"

msgctxt "seats"
msgid "%(num)s place"
msgid_plural "%(num)s places"
msgstr[0] "%(num)s 座"

#, fuzzy
msgid "Perhaps"
msgstr "也许"

msgid "Empty"
msgstr ""
"""
ENGLISH = """
msgid "Area code of the county"
msgstr "Area code"
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return write(tmp_path / "first", CHINESE, ENGLISH)


def write(folder: Path, chinese: str, english: str = "") -> Path:
    for language, text in (("zh_Hans", chinese), ("en", english)):
        path = po_path(folder, language)  # type: ignore[arg-type]
        path.parent.mkdir(parents=True)
        path.write_text(text, encoding="utf-8")
    return folder


@pytest.fixture(autouse=True)
def _installed(folder: Path) -> Iterator[None]:
    i18n.install(Catalogues([folder]))
    yield
    i18n.install(Catalogues())


def both(say: object) -> tuple[str, str]:
    assert callable(say)
    with use_language("zh_Hans"):
        chinese = say()
    with use_language("en"):
        return chinese, say()


def test_a_text_is_said_in_the_language_spoken() -> None:
    assert both(lambda: gettext("Hello %(name)s", name="<何>")) == ("您好，<何>", "Hello <何>")
    assert both(lambda: gettext("Area code of the county")) == ("Area code of the county", "Area code")


def test_a_context_tells_words_apart() -> None:
    assert both(lambda: pgettext("month", "May")) == ("五月", "May")
    assert both(lambda: gettext("May")) == ("May", "May")


@pytest.mark.parametrize(
    ("number", "chinese", "english"),
    [(0, "0 人", "0 people"), (1, "1 人", "1 person"), (2, "2 人", "2 people")],
)
def test_numbers(number: int, chinese: str, english: str) -> None:
    said = both(lambda: ngettext("%(num)s person", "%(num)s people", number))
    assert said == (chinese, english)


def test_numbers_in_a_context() -> None:
    assert both(lambda: npgettext("seats", "%(num)s place", "%(num)s places", 2)) == ("2 座", "2 places")
    # Without a translation even a Chinese page says it in right English.
    assert both(lambda: npgettext("", "%(num)s place", "%(num)s places", 2)) == ("2 places", "2 places")


@pytest.mark.parametrize("msgid", ["Perhaps", "Empty", "Never heard of", ""])
def test_untranslated_and_uncertain_texts_stay_english(msgid: str) -> None:
    assert both(lambda: gettext(msgid)) == (msgid, msgid)


def test_the_first_translation_stands_and_the_second_is_reported(folder: Path, tmp_path: Path) -> None:
    second = write(tmp_path / "second", CHINESE.replace("五月", "五月份") + '\nmsgid "New"\nmsgstr "新"\n')
    catalogues = Catalogues([folder, second])
    assert catalogues.find("zh_Hans", "May", "month") == "五月"
    assert catalogues.find("zh_Hans", "New") == "新"
    (conflict,) = catalogues.conflicts
    assert (conflict.folder, conflict.message) == (second, "May")
    assert (conflict.kept, conflict.dropped) == ("五月", "五月份")


def test_a_folder_without_catalogues_is_no_fault(tmp_path: Path) -> None:
    assert Catalogues([tmp_path / "nowhere"]).conflicts == ()


def test_a_lazy_text_is_translated_when_shown() -> None:
    @dataclass(frozen=True)
    class Entry:
        title: LazyText

    entry = Entry(N_("Hello %(name)s", name="何"))
    assert both(lambda: str(entry.title)) == ("您好，何", "Hello 何")
    assert both(lambda: f"{lazy_pgettext('month', 'May')}") == ("五月", "May")
    with use_language("en"):
        assert entry == Entry(N_("Hello %(name)s", name="何"))
        assert hash(entry) == hash(Entry(N_("Hello %(name)s", name="何")))
    assert N_("May") != lazy_pgettext("month", "May")


def test_a_template_says_the_same_and_escapes_values() -> None:
    environment = Environment(extensions=["jinja2.ext.i18n"], autoescape=True)
    environment.install_gettext_callables(**i18n.jinja_callables(), newstyle=True)  # type: ignore[attr-defined]
    template = environment.from_string(
        '{{ _("<b>Hello</b> %(name)s", name=who) }} {{ title }} {{ pgettext("month", "May") }} '
        "{% trans num=n %}{{ num }} person{% pluralize %}{{ num }} people{% endtrans %} "
        '{{ npgettext("seats", "%(num)s place", "%(num)s places", n) }}'
    )
    title = N_("Hello %(name)s", name="<i>")
    assert both(lambda: template.render(who="<何>", title=title, n=3)) == (
        "<b>您好</b>，&lt;何&gt; 您好，&lt;i&gt; 五月 3 人 3 座",
        "<b>Hello</b> &lt;何&gt; Hello &lt;i&gt; May 3 people 3 places",
    )


@pytest.mark.parametrize(
    ("header", "language"),
    [
        (None, "zh_Hans"),
        ("", "zh_Hans"),
        ("*", "zh_Hans"),
        ("zh-CN,zh;q=0.9,en;q=0.8", "zh_Hans"),
        ("en-US,en;q=0.9,zh-TW;q=0.1", "zh_Hans"),
        ("ZH", "zh_Hans"),
        ("en-US,en;q=0.9", "en"),
        ("en-US,en;q=0.9,*;q=0.5", "en"),
        ("fr", "en"),
        ("zha, en", "en"),
        ("en, zh;q=0", "en"),
        ("en, zh; q=0.000", "en"),
        (",,;;q=,", "zh_Hans"),
    ],
)
def test_a_first_visit_is_chinese_unless_no_chinese_is_read(header: str | None, language: Language) -> None:
    assert negotiate(header) == language


@given(st.text())
def test_no_header_breaks_it(header: str) -> None:
    assert negotiate(header) in i18n.LANGUAGES


def test_names_of_languages() -> None:
    assert [html_lang(language) for language in i18n.LANGUAGES] == ["zh-Hans", "en"]
    for text in ("zh_Hans", "zh-Hans", "zh", "ZH-cn", " zh "):
        assert find_language(text) == "zh_Hans"
    assert find_language("EN") == "en"
    assert [find_language(text) for text in ("", "fr", "zhx", "<script>")] == [None] * 4


def test_chinese_is_spoken_by_default() -> None:
    assert i18n.language.get() == "zh_Hans"


def test_dates_and_times() -> None:
    moment = datetime(2026, 11, 24, 16, 30, tzinfo=UTC)
    assert both(lambda: format_date(moment)) == ("2026年11月25日", "25 November 2026")
    assert both(lambda: format_date(date(2026, 5, 1))) == ("2026年5月1日", "1 May 2026")
    assert both(lambda: format_time(moment)) == ("00:30", "00:30")
    assert both(lambda: format_datetime(moment)) == ("2026年11月25日 00:30", "25 November 2026, 00:30")
    assert both(lambda: format_datetime(moment, zone=UTC)) == ("2026年11月24日 16:30", "24 November 2026, 16:30")


def test_a_moment_without_a_zone_is_refused() -> None:
    naive = NOW.replace(tzinfo=None)
    for say in (format_date, format_time, format_datetime):
        with pytest.raises(ValueError, match="no zone"):
            say(naive)


@pytest.mark.parametrize("process_zone", ["UTC", "Asia/Shanghai", "America/New_York"])
def test_a15_every_date_is_written_as_itself(process_zone: str, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as patch:
        patch.setenv("TZ", process_zone)
        clock.tzset()
        try:
            day = date(1920, 1, 1)
            while day.year <= 2030:
                noon = datetime(day.year, day.month, day.day, 12, tzinfo=ZONE).astimezone(UTC)
                written = f"{day.year}年{day.month}月{day.day}日"
                assert format_date(day) == format_date(noon) == written
                day += timedelta(days=1)
        finally:
            patch.undo()
            clock.tzset()


@pytest.mark.parametrize(
    ("moment", "chinese", "english"),
    [
        (datetime(2026, 11, 24, 9, 0, tzinfo=UTC), "今天 17:00", "today 17:00"),
        (datetime(2026, 11, 23, 16, 0, tzinfo=UTC), "今天 00:00", "today 00:00"),
        (datetime(2026, 11, 23, 15, 59, tzinfo=UTC), "昨天 23:59", "yesterday 23:59"),
        (datetime(2026, 11, 25, 1, 0, tzinfo=UTC), "明天 09:00", "tomorrow 09:00"),
        (datetime(2026, 11, 26, 1, 0, tzinfo=UTC), "11月26日", "26 November"),
        (datetime(2027, 1, 5, 1, 0, tzinfo=UTC), "2027年1月5日", "5 January 2027"),
        (date(2026, 11, 24), "今天", "today"),
        (date(2026, 11, 22), "11月22日", "22 November"),
    ],
)
def test_days_near_by(moment: date, chinese: str, english: str) -> None:
    assert both(lambda: format_day_relative(moment, NOW)) == (chinese, english)


@pytest.mark.parametrize(
    ("due", "chinese", "english"),
    [
        ("2026-11-25 00:00", "今天 24:00", "today 24:00"),
        ("2026-11-26 00:00", "明天 24:00", "tomorrow 24:00"),
        ("2026-11-28 00:00", "11月27日", "27 November"),
        ("2027-01-01 00:00", "12月31日", "31 December"),
        ("2026-11-24 17:00", "今天 17:00", "today 17:00"),
    ],
)
def test_a_deadline_at_midnight_ends_the_day_before(due: str, chinese: str, english: str) -> None:
    moment = datetime.fromisoformat(due).replace(tzinfo=ZONE)
    assert both(lambda: format_due(moment, NOW)) == (chinese, english)


@pytest.mark.parametrize(
    ("left", "chinese", "english"),
    [
        (timedelta(hours=1), "剩 1 小时", "1 hour left"),
        (timedelta(days=4, hours=23), "剩 4 天", "4 days left"),
        (timedelta(hours=23, minutes=59), "剩 23 小时", "23 hours left"),
        (timedelta(minutes=59, seconds=59), "剩 59 分钟", "59 minutes left"),
        (timedelta(seconds=1), "剩 1 分钟", "1 minute left"),
        (timedelta(), "超 1 分钟", "1 minute over"),
        (-timedelta(minutes=40), "超 40 分钟", "40 minutes over"),
        (-timedelta(hours=5), "超 5 小时", "5 hours over"),
        (-timedelta(days=2), "超 2 天", "2 days over"),
    ],
)
def test_what_is_left(left: timedelta, chinese: str, english: str) -> None:
    assert both(lambda: format_duration_left(NOW + left, NOW)) == (chinese, english)
