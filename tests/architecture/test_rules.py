"""The rules of rules.py over the whole tree, and each of them on a line that breaks it."""

import pytest

from tests.architecture import rules
from tests.architecture.reading import Source, modules, told
from tests.architecture.rules import RULES, Rule


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.__name__)
def test_the_tree_keeps(rule: Rule):
    findings = [finding for source in modules() for finding in rule(source)]
    assert not findings, told(findings)


def found(rule: Rule, text: str, path: str) -> list[int]:
    return [finding.line for finding in rule(Source(path, text))]


ACTIONS = "plugins/lianxin_spaces/actions.py"
RULE = "plugins/lianxin_spaces/rules/span.py"
BREACHES = [
    (rules.has_docstring, "x = 1", ACTIONS),
    (rules.has_docstring, "", "plugins/lianxin_spaces/rules/__init__.py"),
    (rules.is_named_for_its_subject, "", "core/lianxin/web/utils.py"),
    (rules.is_named_for_its_subject, "", "tests/helpers/__init__.py"),
    (rules.is_named_for_its_subject, "", "core/lianxin/common/money.py"),
    (rules.writes_through_the_one_door, "from tortoise.transactions import atomic", ACTIONS),
    (rules.writes_through_the_one_door, "from tortoise import transactions", ACTIONS),
    (rules.writes_through_the_one_door, "async with connections.get('a')._in_transaction(): ...", ACTIONS),
    (rules.says_on_delete, "area = fields.ForeignKeyField('lianxin.Area')", ACTIONS),
    (rules.says_on_delete, "area = OneToOneField('spaces.Room', related_name='x')", ACTIONS),
    (rules.says_on_delete, "area = fields.ForeignKeyField('lianxin.Area', on_delete=OnDelete.CASCADE)", ACTIONS),
    (rules.says_whose_time, "datetime.now()", ACTIONS),
    (rules.says_whose_time, "datetime.datetime.utcnow()", ACTIONS),
    (rules.says_whose_time, "date.today()", ACTIONS),
    (rules.is_given_the_time, "def due():\n  return datetime.now(UTC)", RULE),
    (rules.is_given_the_time, "time.time()", "core/lianxin/values/spans.py"),
    (rules.is_given_the_time, "datetime.now(UTC)", "core/lianxin/calendar/rules.py"),
    (rules.builds_no_sql, "f'SELECT * FROM {table}'", ACTIONS),
    (rules.builds_no_sql, "f'UPDATE {table} SET x = 1'", ACTIONS),
    (rules.builds_no_sql, "f'PRAGMA {name}'", ACTIONS),
    (rules.builds_no_sql, "f'''INSERT\n INTO {table} VALUES (1)'''", ACTIONS),
    (rules.builds_no_sql, "'DELETE FROM t WHERE id = ' + code", ACTIONS),
    (rules.builds_no_sql, "'DROP TABLE %s' % name", ACTIONS),
    (rules.builds_no_sql, "'ALTER TABLE {} ADD x'.format(name)", ACTIONS),
    (rules.keeps_its_lock, "await Area.filter(id=1).select_for_update().first().values('code')", ACTIONS),
    (
        rules.keeps_its_lock,
        "await Area.select_for_update().values_list(\n'id')",
        "core/lianxin/data/jobs.py",
    ),
]
FINE = [
    (rules.has_docstring, '"""Books a space."""', ACTIONS),
    (rules.has_docstring, "x = 1", "core/lianxin/migrations/0001_initial.py"),
    (rules.is_named_for_its_subject, "", "core/lianxin/web/commonplace.py"),
    (rules.writes_through_the_one_door, "import tortoise.transactions", "core/lianxin/data/unit.py"),
    (rules.writes_through_the_one_door, "async with unit_of_work(): ...", ACTIONS),
    (rules.says_on_delete, "area = fields.ForeignKeyField('lianxin.Area', on_delete=OnDelete.RESTRICT)", ACTIONS),
    (rules.says_on_delete, "room = fields.ForeignKeyField('spaces.Room', on_delete=OnDelete.CASCADE)", ACTIONS),
    (rules.says_whose_time, "datetime.now(UTC); datetime.now(tz=UTC); clock.now()", ACTIONS),
    (rules.is_given_the_time, "datetime.now(UTC)", ACTIONS),
    (rules.is_given_the_time, "def due(now): return now + DAY", RULE),
    (rules.builds_no_sql, "f'SELECT {x} FROM t'", "core/lianxin/data/sqlite.py"),
    (rules.builds_no_sql, "'SELECT * FROM t WHERE id = ?'", ACTIONS),
    (rules.builds_no_sql, "'SELECT * ' + 'FROM t'", ACTIONS),
    (rules.keeps_its_lock, "await Area.filter(id=1).select_for_update().only('id')", ACTIONS),
    (rules.keeps_its_lock, "(await Area.filter(id=1).values('code'), Area.all().select_for_update())", ACTIONS),
    (rules.builds_no_sql, "f'Select a place from {count} places'", ACTIONS),
]


@pytest.mark.parametrize(("rule", "text", "path"), BREACHES)
def test_a_breach_is_found(rule: Rule, text: str, path: str):
    assert len(found(rule, text, path)) == 1


@pytest.mark.parametrize(("rule", "text", "path"), FINE)
def test_what_is_right_is_left_alone(rule: Rule, text: str, path: str):
    assert found(rule, text, path) == []


def test_each_rule_has_a_breach_and_a_right_way_here():
    assert {rule for rule, *_ in BREACHES} == {rule for rule, *_ in FINE} == set(RULES)
