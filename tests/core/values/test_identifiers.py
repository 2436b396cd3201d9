"""What identifiers promises, shown."""

import threading
import time
from datetime import UTC, datetime, timedelta
from uuid import UUID

import time_machine

from lianxin.values.identifiers import uuid7


def test_sorted_as_made_and_of_version_seven() -> None:
    made = [uuid7() for _ in range(20_000)]
    assert made == sorted(made)
    assert [str(one) for one in made] == sorted(str(one) for one in made)
    assert len(set(made)) == len(made)
    assert all(one.version == 7 and one.variant == "specified in RFC 4122" for one in made[:100])


def test_begins_with_the_time() -> None:
    before = time.time_ns() // 1_000_000
    stamp = uuid7().int >> 80
    # Not before; later only by the few that this process made within one tick.
    assert before <= stamp <= time.time_ns() // 1_000_000 + 1_000


def test_goes_on_when_the_clock_steps_back() -> None:
    first = uuid7()
    with time_machine.travel(datetime.now(UTC) - timedelta(minutes=10)):
        assert uuid7() > first


def test_threads_never_make_the_same() -> None:
    made: list[UUID] = []

    def make() -> None:
        mine = [uuid7() for _ in range(2_000)]
        assert mine == sorted(mine)
        made.extend(mine)

    threads = [threading.Thread(target=make) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len({one.int >> 62 for one in made}) == 8_000
