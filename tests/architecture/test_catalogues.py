"""What catalogues promises, shown."""

from lianxin.testing.catalogues import check


def test_every_text_has_its_translation() -> None:
    faults = check()
    assert not faults, "\n".join(["run `python -m lianxin.testing.catalogues update`, then translate:", *faults])
