"""What a first visit to a resident's page costs on the wire, counted from the answers themselves."""

import pytest
from playwright.sync_api import Browser, Request

from lianxin.testing.browser import somebody
from lianxin.testing.processes import Served
from tests.journeys.resident import PENSION

MOST_BYTES = 60 * 1024
COUNTED = ("document", "stylesheet", "script")
FIRST_PAGES = ("/", "/eservices/", f"/eservices/{PENSION}/", "/sign-in", "/community", "/eservices/?q=养老")


@pytest.mark.browser
@pytest.mark.parametrize("address", FIRST_PAGES)
def test_first_load_is_light(chrome: Browser, site: Served, address: str) -> None:
    done: list[Request] = []
    with somebody(chrome, site.url, screen="phone") as page:
        page.on("requestfinished", lambda request: done.append(request))
        page.goto(address, wait_until="networkidle")
        weights = {each.url: each.sizes()["responseBodySize"] for each in done if each.resource_type in COUNTED}
        plain = [each.url for each in done if each.resource_type in COUNTED and not _compressed(each)]
    assert len(weights) >= 4, "the page, its sheets and its scripts"
    assert not plain, "sent as they are, not compressed"
    told = "\n".join(f"{size:7} {url}" for url, size in sorted(weights.items(), key=lambda pair: -pair[1]))
    assert sum(weights.values()) <= MOST_BYTES, told


def _compressed(request: Request) -> bool:
    answer = request.response()
    return answer is not None and "content-encoding" in answer.headers
