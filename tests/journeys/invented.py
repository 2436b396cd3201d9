"""People who exist nowhere, and photos as telephones take them."""

import io
import time
from dataclasses import dataclass
from itertools import count

from PIL import Image

from lianxin.values.identity import DEMO_AREA, check_character

_NUMBERS = count(int(time.time()) % 8000 + 1)
_LATITUDE, _LONGITUDE = 2, 4
_GPS = 0x8825


@dataclass(frozen=True)
class Invented:
    """A woman of 58 whom no register knows."""

    name: str
    phone: str
    id_number: str


def somebody_new() -> Invented:
    """Another one each time, also between runs on one database."""
    number = next(_NUMBERS)
    body = f"{DEMO_AREA}19680{1 + number % 9}12{(number * 2) % 1000:03d}"
    return Invented("周桂" + chr(0x4E00 + number), f"1398152{number:04d}", body + check_character(body))


def photo(colour: str) -> bytes:
    """A JPEG that says where it was taken."""
    exif = Image.Exif()
    exif[0x010F] = "Lianxin phone"
    exif.get_ifd(_GPS).update({1: "N", _LATITUDE: (32.0, 13.0, 41.0), 3: "E", _LONGITUDE: (106.0, 17.0, 20.0)})
    picture = io.BytesIO()
    Image.new("RGB", (1600, 1200), colour).save(picture, "JPEG", exif=exif)
    assert where_taken(picture.getvalue()), "the photo must say where it was taken, or the test proves nothing"
    return picture.getvalue()


def where_taken(picture: bytes) -> dict[int, object]:
    """What a photo says about the place."""
    with Image.open(io.BytesIO(picture)) as opened:
        return dict(opened.getexif().get_ifd(_GPS))
