"""What catalogues promises, shown."""

from pathlib import Path

import pytest

from lianxin.testing.catalogues import check, main, update

KERNEL = """
from lianxin.i18n import N_, _, ngettext, pgettext
said = _("Home"), N_("Back"), pgettext("month", "May"), ngettext("%(num)s person", "%(num)s people", 3)
not_said = "Quiet"
"""
PAGE = '{{ _("Home") }} {% trans name=who %}\n  Hello\n  {{ name }}{% endtrans %} {{ pgettext("verb", "Order") }}'


@pytest.fixture
def root(tmp_path: Path) -> Path:
    (tmp_path / "core/lianxin/templates").mkdir(parents=True)
    (tmp_path / "core/lianxin/words.py").write_text(KERNEL)
    (tmp_path / "plugins/lianxin_tea/templates").mkdir(parents=True)
    (tmp_path / "plugins/lianxin_tea/templates/page.html").write_text(PAGE)
    return tmp_path


@pytest.fixture
def table(tmp_path: Path) -> Path:
    table = tmp_path / "words.tsv"
    rows = [
        ("core", "Home", "首页"),
        ("core", "Back", "返回"),
        ("core", "May", "五月", "month"),
        ("core", "%(num)s person", "%(num)s 人"),
        ("tea", "Hello %(name)s", "您好，\\n%(name)s"),
        ("tea", "Order", "下单", "verb"),
    ]
    table.write_text("".join("\t".join(row) + "\n" for row in rows), encoding="utf-8")
    return table


def po(root: Path, folder: str, language: str = "zh_Hans") -> Path:
    return root / folder / "locale" / language / "LC_MESSAGES" / "messages.po"


def test_new_texts_are_missing_until_they_are_translated(root: Path, table: Path) -> None:
    assert update(root) == []
    missing = [fault for fault in check(root) if "no translation" in fault]
    assert len(missing) == 6
    assert update(root, [table]) == []
    assert check(root) == []


def test_what_is_written(root: Path, table: Path) -> None:
    update(root, [table])
    chinese = po(root, "plugins/lianxin_tea").read_text(encoding="utf-8")
    assert 'msgid "Hello %(name)s"\nmsgstr "您好，\\n%(name)s"\n' in chinese
    assert 'msgctxt "verb"\nmsgid "Order"\nmsgstr "下单"\n' in chinese
    assert '"Home"' not in chinese  # the kernel has it
    assert "#" not in chinese
    english = po(root, "core/lianxin", "en").read_text(encoding="utf-8")
    assert 'msgid_plural "%(num)s people"\nmsgstr[0] "%(num)s person"\nmsgstr[1] "%(num)s people"\n' in english
    assert '"Home"' not in english


def test_writing_again_changes_nothing(root: Path, table: Path) -> None:
    update(root, [table])
    before = {path: path.read_bytes() for path in root.rglob("*.po")}
    assert len(before) == 4
    update(root)
    assert {path: path.read_bytes() for path in root.rglob("*.po")} == before


def test_a_text_that_moves_keeps_its_translation(root: Path, table: Path) -> None:
    update(root, [table])
    (root / "core/lianxin/words.py").write_text('from lianxin.i18n import _\n_("Tea")\n')
    update(root)
    assert 'msgid "Home"\nmsgstr "首页"' in po(root, "plugins/lianxin_tea").read_text(encoding="utf-8")
    assert check(root) == ["core, zh_Hans: no translation of 'Tea'"]


def test_an_english_exception_is_kept(root: Path, table: Path) -> None:
    update(root, [table])
    path = po(root, "core/lianxin", "en")
    path.write_text(path.read_text(encoding="utf-8") + '\nmsgid "Home"\nmsgstr "Start"\n', encoding="utf-8")
    update(root)
    assert 'msgid "Home"\nmsgstr "Start"' in path.read_text(encoding="utf-8")
    assert check(root) == []


@pytest.mark.parametrize(
    ("before", "after", "fault"),
    [
        ('msgstr "首页"', 'msgstr ""', "core, zh_Hans: no translation of 'Home'"),
        ('msgid "Home"', '#, fuzzy\nmsgid "Home"', "core, zh_Hans: 'Home' is marked as uncertain"),
        ('msgid "Home"', 'msgid "Old"', "core, zh_Hans: nothing says 'Old' any more"),
        (
            "%(num)s 人",
            "%(n)s 人",
            "core, zh_Hans: '%(num)s person' has other placeholders in '%(n)s 人'",
        ),
        ("首页", "首页 %s", "core, zh_Hans: 'Home' has other placeholders in '首页 %s'"),
    ],
)
def test_each_fault_is_named(root: Path, table: Path, before: str, after: str, fault: str) -> None:
    update(root, [table])
    path = po(root, "core/lianxin")
    text = path.read_text(encoding="utf-8")
    assert before in text
    path.write_text(text.replace(before, after), encoding="utf-8")
    assert fault in check(root)


def test_two_plugins_agree_on_a_text(root: Path, table: Path) -> None:
    (root / "plugins/lianxin_zoo").mkdir()
    (root / "plugins/lianxin_zoo/words.py").write_text('_("Order %(code)s")\n')
    (root / "plugins/lianxin_tea/words.py").write_text('_("Order %(code)s")\n')
    with table.open("a", encoding="utf-8") as stream:
        stream.write("tea\tOrder %(code)s\t订单 %(code)s\nzoo\tOrder %(code)s\t订票 %(code)s\n")
    update(root, [table])
    (fault,) = check(root)
    assert "'订单 %(code)s' in tea and '订票 %(code)s' in zoo" in fault


def test_a_table_with_faults(root: Path, table: Path) -> None:
    with table.open("a", encoding="utf-8") as stream:
        stream.write("core\tHome\n\ncore\tHome\t主页\ncore\tForgotten\t忘了\n")
    said = update(root, [table])
    assert said[0] == "words.tsv:7: 2 cells, not 3 or 4"
    assert said[1] == "words.tsv:9: 'Home' is already '首页', not '主页'"
    assert said[2:] == ["nothing says: 'Forgotten'"]


def test_a_wrong_command_says_what_there_is(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["frobnicate"]) == 1
    assert "merge FILE" in capsys.readouterr().out
