"""Told once, in her own language, by each channel, or it is said why not."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from datetime import date, datetime, timedelta
from uuid import UUID

import pytest

from lianxin import services
from lianxin.bus import Event
from lianxin.data.models import Job as JobRow
from lianxin.data.models import Reading
from lianxin.data.unit import unit_of_work
from lianxin.data.worker import Worker
from lianxin.declarations import MessageKind
from lianxin.directory.people import claim_person, merge_people, same_person_ids
from lianxin.i18n import N_, use_language
from lianxin.messages import (
    DELIVERY_JOB,
    TOLD,
    OutgoingRules,
    Parameter,
    deliver,
    inbox,
    mark_all_read,
    mark_read,
    outbox,
    send_code,
    tell,
    unread_count,
    use_channels,
    use_message_kinds,
    use_outgoing,
)
from lianxin.messages.delivering import ATTEMPTS
from lianxin.messages.models import Delivery, Message
from lianxin.values.identifiers import uuid7
from tests.core.messages.conftest import QUIET, RECEIVED, Carrier, bind, person

pytestmark = [pytest.mark.anyio, pytest.mark.usefixtures("carrier")]
WORDS: dict[str, Parameter] = {
    "name": "王秀英",
    "what": {"zh_Hans": "养老金申请", "en": "your pension application"},
    "due": date(2026, 11, 27),
}


async def told(
    person_id: UUID, now: datetime, kind: MessageKind = RECEIVED, dedupe_key: str | None = None, path: str = "/m/4F7K"
) -> UUID:
    async with unit_of_work():
        return await tell(
            person_id, kind, parameters=WORDS if kind is RECEIVED else {}, path=path, dedupe_key=dedupe_key, now=now
        )


async def work(now: datetime) -> None:
    await Worker({DELIVERY_JOB.name: DELIVERY_JOB}, lambda: now).run_until_idle()


async def test_a_message_is_found_in_the_account_and_sent_by_text_message(carrier: Carrier, now: datetime) -> None:
    reader = await person(now, language="en")
    message_id = await told(reader, now)
    assert carrier.sent == []
    await work(now)
    delivery = await Delivery.get()
    text = "王秀英, we have received your pension application, answer by 27 November 2026. https://example.org/m/4F7K"
    assert carrier.sent == [("+8613800001234", text, str(delivery.id))]
    assert (delivery.state, delivery.provider_key, delivery.sent_at, delivery.attempts) == ("sent", "carrier-1", now, 1)
    assert [row.id for row in (await inbox([reader])).rows] == [message_id]
    assert await Reading.all().count() == 0


async def test_it_is_written_in_the_readers_language_not_the_senders(carrier: Carrier, now: datetime) -> None:
    chinese, english = await person(now), await person(now, "+8613900001234", "en")
    with use_language("en"):
        await told(chinese, now)
        await told(english, now)
        await work(now)
    assert "养老金申请" in carrier.sent[0][1]
    assert "2026年11月27日" in carrier.sent[0][1]
    assert "27 November 2026" in carrier.sent[1][1]
    with use_language("zh_Hans"):
        assert "养老金申请" in (await inbox([english])).rows[0].body
    with use_language("en"):
        assert "your pension application" in (await inbox([chinese])).rows[0].body


async def test_what_is_rolled_back_is_not_told(carrier: Carrier, now: datetime) -> None:
    reader = await person(now)
    with suppress(ZeroDivisionError):
        async with unit_of_work():
            await tell(reader, RECEIVED, parameters=WORDS, now=now)
            raise ZeroDivisionError
    await work(now)
    assert carrier.sent == []
    assert [await model.all().count() for model in (Message, Delivery, JobRow, Event)] == [0, 0, 0, 0]
    with pytest.raises(RuntimeError):
        await tell(reader, RECEIVED, parameters=WORDS, now=now)


async def test_with_a_key_it_is_told_once(carrier: Carrier, now: datetime) -> None:
    reader = await person(now)
    first = await told(reader, now, dedupe_key="accepted:4F7K")
    assert await told(reader, now, dedupe_key="accepted:4F7K") == first
    assert await told(reader, now, dedupe_key="decided:4F7K") != first
    await work(now)
    assert len(carrier.sent) == 2
    assert await Message.all().count() == 2


async def test_of_rivals_with_one_key_one_tells(carrier: Carrier, now: datetime) -> None:
    reader = await person(now)
    ids = await asyncio.gather(*(told(reader, now, dedupe_key="accepted:4F7K") for _ in range(10)))
    assert len(set(ids)) == 1
    await work(now)
    assert len(carrier.sent) == 1


async def test_whoever_listens_hears_that_somebody_was_told(carrier: Carrier, now: datetime) -> None:
    reader = await person(now)
    message_id = await told(reader, now)
    event = await Event.get()
    assert (event.topic, event.ids) == (TOLD, {"person": str(reader), "message": str(message_id)})


async def test_a_sentence_without_its_words_is_an_error_at_once(carrier: Carrier, now: datetime) -> None:
    reader = await person(now)
    for wrong in ({"name": "王"}, {}):
        with pytest.raises(KeyError):
            async with unit_of_work():
                await tell(reader, RECEIVED, parameters=wrong, now=now)
    with pytest.raises(TypeError):
        async with unit_of_work():
            await tell(reader, RECEIVED, parameters={**WORDS, "name": object()}, now=now)  # type: ignore[dict-item]


async def test_a_job_that_runs_twice_sends_once(carrier: Carrier, now: datetime) -> None:
    await told(await person(now), now)
    delivery = await Delivery.get()
    await deliver(delivery.id, now=now)
    await deliver(delivery.id, now=now)
    assert len(carrier.sent) == 1


async def test_a_crash_after_sending_sends_again_with_the_same_key(carrier: Carrier, now: datetime) -> None:
    await told(await person(now), now)
    delivery = await Delivery.get()
    await deliver(delivery.id, now=now)
    await Delivery.filter(id=delivery.id).update(state="queued", sent_at=None)
    await deliver(delivery.id, now=now)
    assert [key for _, _, key in carrier.sent] == [str(delivery.id)]
    assert (await Delivery.get()).state == "sent"


async def test_a_carrier_that_fails_is_asked_again_and_numbers_stay_out_of_its_faults(
    carrier: Carrier, now: datetime
) -> None:
    await told(await person(now), now)
    carrier.fault = ConnectionError("no way to +8613800001234")
    await work(now)
    delivery = await Delivery.get()
    assert (delivery.state, delivery.attempts, delivery.error) == ("queued", 1, "ConnectionError: no way to +*****")
    carrier.fault = None
    await work(now + timedelta(hours=1))
    delivery = await Delivery.get()
    assert (delivery.state, delivery.attempts, delivery.error) == ("sent", 2, "")


async def test_after_the_last_attempt_it_is_given_up_and_seen(carrier: Carrier, now: datetime) -> None:
    await told(await person(now), now)
    carrier.fault = ConnectionError("no line")
    for hour in range(ATTEMPTS + 2):
        await work(now + timedelta(hours=2 * hour))
    delivery = await Delivery.get()
    assert (delivery.state, delivery.attempts) == ("failed", ATTEMPTS)
    assert [row.state for row in await JobRow.all()] == ["done"]
    assert (await outbox()).rows[0].error == "ConnectionError: no line"


async def test_without_a_mobile_number_it_is_said_that_she_cannot_be_reached(carrier: Carrier, now: datetime) -> None:
    reader = await person(now, phone=None)
    await bind(reader, "+868394201234", now, mobile=False)
    await told(reader, now)
    await work(now)
    assert (await Delivery.get()).state == "unreachable"
    assert carrier.sent == []
    assert await unread_count([reader]) == 1


async def test_the_number_bound_last_is_used(carrier: Carrier, now: datetime) -> None:
    reader = await person(now)
    await bind(reader, "+8613911112222", now + timedelta(days=1))
    await told(reader, now)
    await work(now)
    assert [number for number, _, _ in carrier.sent] == ["+8613911112222"]


async def test_a_channel_that_is_switched_off_is_said_so(carrier: Carrier, now: datetime) -> None:
    use_channels([])
    await told(await person(now), now)
    await work(now)
    delivery = await Delivery.get()
    assert (delivery.state, "switched off" in delivery.error) == ("unreachable", True)


async def test_without_a_provider_it_waits_for_one(carrier: Carrier, now: datetime) -> None:
    await told(await person(now), now)
    services.use_services([])
    await work(now)
    delivery = await Delivery.get()
    assert delivery.state == "queued"
    assert delivery.error.startswith("NoProvider")


async def test_a_kind_without_channels_stays_in_the_house(carrier: Carrier, now: datetime) -> None:
    reader = await person(now)
    await told(reader, now, QUIET)
    assert await Delivery.all().count() == 0
    assert [row.body for row in (await inbox([reader])).rows] == ["100%"]


async def test_a_message_of_a_plugin_that_is_off_is_still_listed(carrier: Carrier, now: datetime) -> None:
    reader = await person(now)
    await told(reader, now)
    use_message_kinds([])
    with use_language("en"):
        assert [row.title for row in (await inbox([reader])).rows] == ["Message"]


async def test_a_code_goes_to_a_number_of_nobody_and_is_not_kept(carrier: Carrier, now: datetime) -> None:
    async with unit_of_work():
        await send_code("+8613800001234", "验证码 123456，10 分钟内有效。", now=now)
    before = await Delivery.get()
    assert b"123456" not in before.text.cipher()
    assert b"138" not in before.address.cipher()
    await work(now)
    assert [(number, text) for number, text, _ in carrier.sent] == [
        ("+8613800001234", "验证码 123456，10 分钟内有效。")
    ]
    assert ((await Delivery.get()).text, (await Delivery.get()).state) == (None, "sent")


async def test_a_code_that_comes_too_late_is_not_sent(carrier: Carrier, now: datetime) -> None:
    async with unit_of_work():
        delivery_id = await send_code("+8613800001234", "验证码 123456", now=now)
    await deliver(delivery_id, now=now + timedelta(minutes=11))
    assert carrier.sent == []
    assert ((await Delivery.get()).state, (await Delivery.get()).text) == ("failed", None)


async def test_the_outbox_shows_all_in_a_demo_and_masks_else(carrier: Carrier, now: datetime) -> None:
    await told(await person(now, language="en"), now)
    await work(now)
    row = (await outbox()).rows[0]
    assert (row.address, row.text, row.kind, row.state) == ("138****1234", None, "test.received", "sent")
    use_outgoing(OutgoingRules(demo=True))
    row = (await outbox()).rows[0]
    assert row.address == "+8613800001234"
    assert row.text is not None
    assert row.text.startswith("王秀英, we have received")


async def test_a_demo_sends_nothing_and_shows_what_it_would_have_sent(carrier: Carrier, now: datetime) -> None:
    use_outgoing(OutgoingRules(demo=True, clock=lambda: now))
    async with unit_of_work():
        await send_code("+8613800001234", "验证码 123456", now=now)
    await work(now)
    assert carrier.sent == []
    assert [(row.text, row.state) for row in (await outbox()).rows] == [("验证码 123456", "sent")]


async def test_the_inbox_is_paged_and_hers_alone(carrier: Carrier, now: datetime) -> None:
    reader, other = await person(now), await person(now, None)
    ids = [await told(reader, now, QUIET) for _ in range(5)]
    await told(other, now, QUIET)
    seen: list[UUID] = []
    key: str | None = ""
    while key is not None:
        page = await inbox([reader], key, 2)
        seen += [row.id for row in page.rows]
        key = page.next_key
    assert seen == ids[::-1]
    assert len((await inbox([reader], "nonsense")).rows) == 5


async def test_reading_counts_once_and_only_hers(carrier: Carrier, now: datetime) -> None:
    reader, other = await person(now), await person(now, None)
    first, _ = await told(reader, now, QUIET), await told(reader, now, QUIET)
    assert not await mark_read(first, [other], now)
    assert not await mark_read(uuid7(), [reader], now)
    assert await mark_read(first, [reader], now)
    assert not await mark_read(first, [reader], now)
    assert await unread_count([reader]) == 1
    assert [row.read for row in (await inbox([reader])).rows] == [False, True]
    await mark_all_read([reader], now)
    assert await unread_count([reader]) == 0


async def test_words_that_are_translated_themselves(carrier: Carrier, now: datetime) -> None:
    reader = await person(now)
    due = datetime(2026, 11, 24, 2, tzinfo=now.tzinfo)
    async with unit_of_work():
        parameters: dict[str, Parameter] = {"name": 3, "what": N_("%(n)s pages", n=2), "due": due}
        await tell(reader, RECEIVED, parameters=parameters, now=now)
    with use_language("en"):
        assert (await inbox([reader])).rows[0].body == (
            "3, we have received 2 pages, answer by 24 November 2026, 10:00."
        )


async def test_what_people_type_is_text_and_never_a_pattern(carrier: Carrier, now: datetime) -> None:
    reader = await person(now)
    async with unit_of_work():
        parameters: dict[str, Parameter] = {"name": "%(what)s %s 王<b>", "what": "𠮷", "due": "100%"}
        await tell(reader, RECEIVED, parameters=parameters, now=now)
    with use_language("en"):
        body = (await inbox([reader])).rows[0].body
    assert body == "%(what)s %s 王<b>, we have received 𠮷, answer by 100%."


async def test_a_text_that_has_got_a_new_place_since_then_shows_a_gap(carrier: Carrier, now: datetime) -> None:
    reader = await person(now)
    await told(reader, now)
    newer = MessageKind(RECEIVED.name, N_("Received"), N_("%(name)s, ask %(whom)s."))
    use_message_kinds([("test", newer)])
    with use_language("en"):
        assert (await inbox([reader])).rows[0].body == "王秀英, ask …."


async def test_a_message_to_a_row_that_was_merged_reaches_the_person(carrier: Carrier, now: datetime) -> None:
    kept, gone = await person(now, language="en"), (await claim_person(name="王秀英", now=now)).person_id
    await bind(gone, "+8613800005678", now)
    await told(gone, now)
    await merge_people(kept, gone, now=now)
    await told(gone, now)
    await work(now)
    assert {text.partition(",")[0] for _, text, _ in carrier.sent} == {"王秀英"}
    assert len(carrier.sent) == 2
    ids = await same_person_ids(kept)
    assert (len((await inbox(ids)).rows), await unread_count(ids), await unread_count([kept])) == (2, 2, 0)
    await mark_all_read(ids, now)
    assert await unread_count(ids) == 0
