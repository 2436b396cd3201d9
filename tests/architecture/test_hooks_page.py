"""The reference of hooks says what the code says."""

from tests.architecture.hooks_page import PAGE, page


def test_the_page_is_up_to_date() -> None:
    assert PAGE.read_text("utf-8") == page(), "run: python -m tests.architecture.hooks_page"
