"""With `demo` off no route, form, cookie, setting or flag signs anybody in without a proof."""

from __future__ import annotations

from dataclasses import replace

import pytest
from pydantic import BaseModel

from lianxin.access.models import Session
from lianxin.access.sessions import FULL
from lianxin.config import ConfigError
from lianxin.declarations import PUBLIC
from lianxin.operate.demo.staff import STAFF
from lianxin.operate.lifetime import open_site
from lianxin.settings import list_settings, settings_groups
from tests.contract.asking import Cell, address
from tests.contract.scene import Scene

pytestmark = pytest.mark.anyio
PLAUSIBLE = {
    "login_name": "spare",
    "password": "demo",
    "phone": "13800000001",
    "code": "000000",
    "person": str(STAFF[0].person_id),
    "who": "resident",
    "name": "谭明",
    "fact": "1234",
    "id_number": "510899195803154328",
    "demo": "true",
    "staff": "true",
    "role": "system_admin",
}
FLAGS = "?demo=1&demo=true&as=resident&be=resident&who=resident&person=spare&staff=1"
COOKIES = ("lianxin-session", "lianxin-demo", "demo", "session", "lianxin-choices")
VALUES = ("demo", "resident", "true", str(STAFF[0].person_id), "demo=1&staff=1")


async def signed_in() -> int:
    """Sessions of somebody, however they came to be."""
    return await Session.filter(stage=FULL, person_id__isnull=False).count()


async def test_no_route_of_the_demonstration_is_there(scene: Scene) -> None:
    site = scene.site.app.state.site
    assert not site.config.demo
    assert [name for name in site.routes if name.startswith("demo:")] == []
    assert [path for path, _ in site.urls._paths.values() if path.startswith("/demo")] == []
    before = await signed_in()
    browser = scene.site.client()
    for path in ("/demo/", "/demo/outbox", "/demo/be/resident", *(f"/demo/be/{seed.login}" for seed in STAFF)):
        assert (await browser.get(path)).status_code == 404
        assert (await browser.post(path, data=PLAUSIBLE)).status_code in (404, 405)
    assert await signed_in() == before


async def test_no_public_form_signs_anybody_in_without_a_proof(scene: Scene) -> None:
    before, posted = await signed_in(), 0
    for name, owned in scene.site.app.state.site.routes.items():
        if owned.item.access is not PUBLIC or owned.item.kind != "action":
            continue
        form: type[BaseModel] | None = owned.item.form
        body = {**PLAUSIBLE, **{field: PLAUSIBLE.get(field, "demo") for field in (form.model_fields if form else ())}}
        browser = scene.site.client()
        answer = await browser.post(address(scene, Cell("nobody", name, "")) + FLAGS, data=body)
        assert answer.status_code < 500, name
        inside = await browser.get("/account/")
        assert (inside.status_code, inside.headers["location"][:8]) == (303, "/sign-in"), name
        posted += 1
    assert posted >= 12
    assert await signed_in() == before


async def test_no_cookie_and_no_flag_is_a_session(scene: Scene) -> None:
    before = await signed_in()
    for cookie in COOKIES:
        for value in VALUES:
            browser = scene.site.client(**{"x-demo": "1", "x-forwarded-user": "spare", "authorization": "Bearer demo"})
            browser.cookies.set(cookie, value, domain="127.0.0.1", path="/")
            for path in ("/account/", "/desk/", "/admin/"):
                answer = await browser.get(path + FLAGS)
                assert (answer.status_code, answer.headers["location"][:8]) == (303, "/sign-in"), (cookie, value, path)
    assert await signed_in() == before


async def test_no_setting_turns_it_on(scene: Scene) -> None:
    names = [each.field.name for owner in settings_groups() for each in await list_settings(owner, None)]
    assert [name for name in names if "demo" in name] == []


async def test_a_real_site_does_not_start_as_a_demonstration(scene: Scene) -> None:
    """Whatever lianxin.toml or LIANXIN_DEMO say: the database itself says that it is none."""
    site = scene.site.app.state.site
    with pytest.raises(ConfigError, match="demo is on, and this database was not made by `lianxin demo`"):
        async with open_site(replace(site.config, demo=True), site.assembly, clock=site.clock):
            pytest.fail("it started")
