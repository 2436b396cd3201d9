"""A site that is open without pages, as a worker's is, speaks the language of its plugins too."""

from collections.abc import Iterator
from dataclasses import replace

import pytest

from lianxin.config import Config
from lianxin.i18n import Catalogues, gettext, language, messages
from lianxin.operate.lifetime import use_declarations
from lianxin.operate.rooms import built_in_rooms
from lianxin.plugging.assembly import assemble

OF_A_PLUGIN = "We have your application"


@pytest.fixture(autouse=True)
def kernel_only(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The texts of the kernel alone, and afterwards those of before."""
    monkeypatch.setattr(messages, "_installed", Catalogues())
    token = language.set("zh_Hans")
    yield
    language.reset(token)


def test_the_texts_of_plugins_are_known_without_a_server(site_config: Config) -> None:
    assert gettext(OF_A_PLUGIN) == OF_A_PLUGIN
    config = replace(site_config, plugins=("eservices",))
    use_declarations(config, assemble(config, built_in_rooms(config), strict=True))
    assert gettext(OF_A_PLUGIN) == "已经收到您的申请"
