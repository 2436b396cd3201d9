"""QR codes as markup of our own making: nothing in them but an address."""

from __future__ import annotations

import io

import segno
from markupsafe import Markup


def qr_markup(address: str) -> Markup:
    """An svg with its quiet edge, without any style attribute; error correction M."""
    drawing = io.BytesIO()
    segno.make(address, error="m", micro=False).save(
        drawing,
        kind="svg",
        xmldecl=False,
        svgns=True,
        border=4,
        scale=4,
        omitsize=True,
        lineclass=None,
        svgclass=None,
        dark="#000",
        light="#fff",
    )
    return Markup(drawing.getvalue().decode())  # noqa: S704 - digits and paths that segno wrote


def qr_svg(address: str) -> bytes:
    """The same as a file of its own."""
    drawing = io.BytesIO()
    segno.make(address, error="m", micro=False).save(drawing, kind="svg", border=4, scale=8, dark="#000", light="#fff")
    return drawing.getvalue()
