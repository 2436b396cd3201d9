"""A whole county by sets: hundreds of thousands of people, millions of cases with history, clocks and messages.

Spread as in life: few services and places have most of the work, one case in fifty is open, some are long overdue.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from tests.bench.county.writing import Dialect, code_of

YEARS = 5 * 365 * 86_400
DAY = 86_400
PERSON, MATTER, DRAFT, PART, STEP, CLOCK, MESSAGE, LINK, DELIVERY, JOB, PHONE, RATING = range(1, 13)
REMINDED = 10_000
CLOSED = "('delivered', 'rated', 'withdrawn', 'refused_acceptance')"
WAITS = "c.state = 'correction_requested'"
DECIDED = "c.state IN ('delivered', 'rated', 'completed')"
SURNAMES = "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗"
GIVEN = "桂芳秀英建国丽华志强玉兰文明春梅永贵小红德福淑珍"


@dataclass(frozen=True)
class Amount:
    """How much of everything; `now` in seconds since 1970."""

    cases: int
    people: int
    now: int

    @staticmethod
    def of(cases: int, now: int) -> Amount:
        """So many cases in five years come of a fifth as many people."""
        return Amount(cases, max(cases // 5, 100), now)


def statements(dialect: Dialect, amount: Amount) -> Iterator[tuple[str, str]]:
    """What is filled, and the SQL that does it."""
    yield from _lookups(dialect)
    yield "people", _people(dialect, amount)
    yield "their telephones", _telephones(dialect, amount)
    yield "the cases", _cases(dialect, amount)
    yield from _tables(dialect, amount.cases, amount.now).items()
    yield "jobs", _jobs(dialect, amount)
    for table in ("county_case", "county_place", "county_item", "county_office"):
        yield f"without {table}", f"DROP TABLE {table}"


def _lookups(to: Dialect) -> Iterator[tuple[str, str]]:
    """Places, services and offices, each with a number from 0."""
    from_areas = "FROM area WHERE kind IN ('community', 'village') AND valid_to IS NULL"
    clerk = (
        "(SELECT min(CAST(g.person_id AS varchar(36))) FROM grant_given g"
        " WHERE g.area_id = area.id AND g.role = 'station_staff')"
    )
    officer = (
        "(SELECT min(CAST(g.person_id AS varchar(36))) FROM grant_given g WHERE g.organisation_id = organisation.id)"
    )
    cast = "" if to.sqlite else "::uuid"
    yield (
        "places",
        "CREATE TABLE county_place AS SELECT row_number() OVER (ORDER BY code = '510821107001' DESC, code) - 1 AS k,"
        f" id AS area_id, {clerk}{cast} AS clerk_id {from_areas}",
    )
    yield (
        "services",
        "CREATE TABLE county_item AS SELECT row_number() OVER (ORDER BY i.position, i.code) - 1 AS k, i.id AS item_id,"
        " i.code, i.current_id AS version_id FROM eservices_item i WHERE i.state = 'published'",
    )
    yield (
        "offices",
        "CREATE TABLE county_office AS SELECT row_number() OVER (ORDER BY code) - 1 AS k, id AS office_id,"
        f" {officer}{cast} AS officer_id FROM organisation WHERE kind = 'department'",
    )


def _people(to: Dialect, amount: Amount) -> str:
    name = (
        f"substr('{SURNAMES}', CAST(1 + n % {len(SURNAMES)} AS integer), 1)"
        f" || substr('{GIVEN}', CAST(1 + (n / 20) % {len(GIVEN)} AS integer), 1)"
        f" || substr('{GIVEN}', CAST(1 + (n / 480) % {len(GIVEN)} AS integer), 1)"
    )
    return (
        "INSERT INTO person (id, name, identity, language, elder, theme, created_at, home_area_id) "
        f"SELECT {to.id(PERSON, 'n')}, {name}, 'claimed', 'zh_Hans', '', '', {to.moment(str(amount.now - YEARS))},"
        f" p.area_id FROM {to.numbers(amount.people)} JOIN county_place p"
        " ON p.k = n % (SELECT count(*) FROM county_place)"
    )


def _telephones(to: Dialect, amount: Amount) -> str:
    """Each of those that the demonstration has is many people's: only the row of a person is asked for."""
    return (
        "INSERT INTO person_phone (id, person_id, phone_id, bound_by, since) "
        f"SELECT {to.id(PHONE, 'n')}, {to.id(PERSON, 'n')}, t.id, 'desk', {to.moment(str(amount.now - YEARS))}"
        f" FROM {to.numbers(amount.people)} JOIN (SELECT id, row_number() OVER (ORDER BY id) - 1 AS k FROM phone) t"
        " ON t.k = n % (SELECT count(*) FROM phone)"
    )


def _cases(to: Dialect, amount: Amount) -> str:
    """The one wide table from which the others are written; of time only seconds."""
    cases, now = amount.cases, amount.now

    def skewed(prime: int, table: str) -> str:
        part = f"((n * {prime}) % 10007) / 10007.0"
        return to.whole(f"{part} * {part} * (SELECT count(*) FROM {table})")

    young = f"({now} - sent) < {40 * DAY}"
    is_open = f"(({young} AND (n * 31) % 100 < 62) OR ((n * 37) % 500 = 0) OR n > {cases - reminded(cases)})"
    state = (
        f"CASE WHEN NOT {is_open} THEN CASE WHEN turn < 40 THEN 'delivered' WHEN turn < 90 THEN 'rated'"
        " WHEN turn < 95 THEN 'withdrawn' ELSE 'refused_acceptance' END"
        f" WHEN n > {cases - reminded(cases)} THEN 'correction_requested'"
        " WHEN turn < 30 THEN 'submitted' WHEN turn < 40 THEN 'correction_requested' WHEN turn < 55 THEN 'accepted'"
        " WHEN turn < 80 THEN 'deciding' WHEN turn < 85 THEN 'papers_missing' WHEN turn < 90 THEN 'completed'"
        " WHEN turn < 95 THEN 'public_notice' ELSE 'special_procedure' END"
    )
    late = f"CASE WHEN n > {cases - reminded(cases)} THEN {10 * DAY} ELSE {DAY // 2} END"
    sent = to.whole(f"{now} - ({cases} - n) * {YEARS / cases!r} - {late}")
    inner = (
        f"SELECT n, {sent} AS sent, (n * 61) % 100 AS turn, 1 + (n * 7919) % {amount.people} AS who,"
        f" {skewed(4_327, 'county_place')} AS place, {skewed(6_367, 'county_item')} AS item FROM {to.numbers(cases)}"
    )
    told = f"SELECT n, sent, turn, who, place, item, {state} AS state FROM ({inner}) a"
    took = f"CASE WHEN {now} - sent < {20 * DAY} THEN ({now} - sent) / 2 ELSE (1 + n % 18) * {DAY} END"
    return (
        f"CREATE TABLE county_case AS SELECT b.n, b.sent, b.turn, b.who, b.state, {took} AS took, p.area_id,"
        " i.version_id,"
        " i.item_id, i.code AS item_code, o.office_id,"
        f" b.state NOT IN {CLOSED} AS open, b.state IN ('accepted', 'deciding', 'public_notice', 'special_procedure')"
        " AS decided_there, p.clerk_id, o.officer_id"
        f" FROM ({told}) b JOIN county_place p ON p.k = b.place JOIN county_item i ON i.k = b.item"
        " JOIN county_office o ON o.k = b.item % (SELECT count(*) FROM county_office)"
    )


def reminded(cases: int) -> int:
    """Of so many cases, how many wait for the applicant and are due to be reminded."""
    return min(REMINDED, cases // 20)


def _tables(to: Dialect, cases: int, now: int) -> dict[str, str]:
    return _applications(to, cases, now) | _courses(to) | _told(to)


def _sent(to: Dialect) -> tuple[str, str, str, str, str]:
    """Of a case: its id, whose it is, when it came, when it ended, when it should."""
    due = to.moment(f"c.sent + (5 + c.n % 50) * {DAY}")
    ended = to.moment("c.sent + c.took")
    return to.id(MATTER, "c.n"), to.id(PERSON, "c.who"), to.moment("c.sent"), ended, due


def _applications(to: Dialect, cases: int, now: int) -> dict[str, str]:
    yes, no = to.truth(True), to.truth(False)
    matter, person, sent, done, due = _sent(to)
    # Whoever was asked for something six days ago is to be reminded today.
    changed = to.moment(
        f"CASE WHEN {WAITS} AND c.n > {cases - reminded(cases)} THEN {now - 6 * DAY} ELSE c.sent + c.took / 2 END"
    )
    title = "COALESCE((SELECT x.title FROM matter x WHERE x.flow = 'eservices.case' ORDER BY x.id LIMIT 1), '')"
    return {
        "drafts": "INSERT INTO eservices_draft (id, person_id, subject, step, created_at, updated_at,"
        " expires_at, ended_at)"
        f" SELECT {to.id(DRAFT, 'c.n')}, {person}, c.item_code, '', {sent}, {sent}, {sent}, {sent} FROM county_case c",
        "their services": "INSERT INTO eservices_draft_part (id, draft_id, item_id, version_id, place, chosen)"
        f" SELECT {to.id(PART, 'c.n')}, {to.id(DRAFT, 'c.n')}, c.item_id, c.version_id, 0, {yes} FROM county_case c",
        "matters": "INSERT INTO matter (id, code, flow, flow_version, title, title_en, state, version, area_id,"
        " organisation_id, owner_id, owner_role, applicant_id, made_by_id, confidentiality, due_at, due_kind,"
        " due_provisional, reminders, created_at, changed_at, closed_at) SELECT"
        f" {matter}, {code_of('c.n')}, 'eservices.case', 1, {title}, '', c.state, 2, c.area_id,"
        " CASE WHEN c.decided_there OR NOT c.open THEN c.office_id END,"
        " CASE WHEN c.decided_there AND c.n % 2 = 0 THEN c.officer_id"
        " WHEN c.open AND NOT c.decided_there AND c.n % 3 = 0 THEN c.clerk_id END,"
        " CASE WHEN c.decided_there THEN 'department_officer' ELSE 'station_staff' END,"
        f" {person}, {person}, 'normal',"
        f" CASE WHEN c.open AND c.state <> 'special_procedure' AND NOT {WAITS} THEN {due} END,"
        f" CASE WHEN c.open AND c.state <> 'special_procedure' AND NOT {WAITS} THEN 'committed' ELSE '' END, {no},"
        f" 0, {sent}, {changed}, CASE WHEN NOT c.open THEN {done} END FROM county_case c",
        "what is theirs": "INSERT INTO eservices_case (matter_id, version_id, part_id, contact_id, whom, identity,"
        " corrections,"
        " correction, deemed, accepted_at, decision, reason, decided_at, delivered_by, delivery_note, external_system,"
        f" external_case_no) SELECT {matter}, c.version_id, {to.id(PART, 'c.n')}, {person}, 'self', 'claimed',"
        f" CASE WHEN c.n % 7 = 0 THEN 1 ELSE 0 END, '', {no}, CASE WHEN {DECIDED} THEN {sent} END,"
        f" CASE WHEN {DECIDED} THEN 'approved' ELSE '' END, '', CASE WHEN {DECIDED} THEN {done} END,"
        f" CASE WHEN {DECIDED} AND NOT c.open THEN 'online' ELSE '' END, '', '', '' FROM county_case c",
    }


def _courses(to: Dialect) -> dict[str, str]:
    matter, _person, sent, done, due = _sent(to)
    no, empty = to.truth(False), to.json("'[]'")
    return {
        "history": "INSERT INTO step (id, matter_id, number, transition, source, target, actor_id, at, remark)"
        f" SELECT {to.id(STEP, 'c.n * 4 + t.k')}, {matter}, t.k, t.name, '', c.state,"
        " CASE WHEN t.k = 0 THEN NULL ELSE c.clerk_id END,"
        f" {to.moment('c.sent + c.took * t.k / 3')}, '' FROM county_case c"
        " JOIN (SELECT 0 AS k, 'open' AS name UNION ALL SELECT 1, 'accept' UNION ALL SELECT 2, 'approve'"
        " UNION ALL SELECT 3, 'deliver') t ON t.k < 2 OR NOT c.open",
        "clocks": "INSERT INTO clock (id, matter_id, kind, started_at, limit_value, limit_unit, due_at, provisional,"
        " state,"
        f" pauses, stopped_at, fired_at) SELECT {to.id(CLOCK, 'c.n * 2 + t.k')}, {matter}, t.kind, {sent},"
        f" 10 + c.n % 20, 'working_day', {due}, {no},"
        f" CASE WHEN c.open AND c.state <> 'special_procedure' AND NOT {WAITS}"
        f" THEN 'running' ELSE 'stopped' END, {empty}, CASE WHEN NOT c.open THEN {done} END,"
        f" CASE WHEN c.open THEN {due} END FROM county_case c"
        " JOIN (SELECT 0 AS k, 'committed' AS kind UNION ALL SELECT 1, 'statutory') t ON 1 = 1",
    }


def _told(to: Dialect) -> dict[str, str]:
    matter, person, sent, done, _due = _sent(to)
    parameters = to.json("""'{"item": {"in": {"zh_Hans": "社会救助", "en": "Assistance"}}, "code": "0000 0000"}'""")
    return {
        "messages": "INSERT INTO message (id, person_id, kind, parameters, path, created_at, read_at)"
        f" SELECT {to.id(MESSAGE, 'c.n')}, {person}, 'eservices.deemed_accepted', {parameters},"
        f" '/m/' || {code_of('c.n')},"
        f" {sent}, CASE WHEN c.n % 3 <> 0 THEN {done} END FROM county_case c",
        "whose they are": "INSERT INTO matter_message (id, matter_id, message_id)"
        f" SELECT {to.id(LINK, 'c.n')}, {matter}, {to.id(MESSAGE, 'c.n')} FROM county_case c",
        "deliveries": "INSERT INTO delivery (id, message_id, channel, state, provider_key, attempts, error,"
        " created_at, sent_at)"
        f" SELECT {to.id(DELIVERY, 'c.n')}, {to.id(MESSAGE, 'c.n')}, 'sms', 'sent', '', 1, '', {sent}, {sent}"
        " FROM county_case c",
        "ratings": "INSERT INTO rating (id, matter_id, grade, remark, by_id, at)"
        f" SELECT {to.id(RATING, 'c.n')}, {matter}, 5 - c.n % 4, '', {person}, {done} FROM county_case c"
        " WHERE c.state = 'rated'",
    }


def _jobs(to: Dialect, amount: Amount) -> str:
    """What was done in the last month is still there."""
    nothing = to.json("'{}'")
    at = to.moment(f"{amount.now} - n * {30 * DAY / max(amount.cases // 20, 1)!r}")
    return (
        "INSERT INTO job (id, name, payload, state, due_at, attempts, progress, created_at, finished_at)"
        f" SELECT {to.id(JOB, 'n')}, 'messages.deliver', {nothing}, 'done', {at}, 1, 100, {at}, {at}"
        f" FROM {to.numbers(max(amount.cases // 20, 1))}"
    )
