"""Languages, catalogues of translations, and how dates are written. The language is the request's.

Message ids are plain English. A literal percent sign in a message with values, and in every
message of a template, is written `%%`.
"""

from lianxin.i18n.catalogues import Catalogues, Conflict
from lianxin.i18n.formats import (
    DEFAULT_ZONE,
    format_date,
    format_datetime,
    format_day_relative,
    format_due,
    format_duration_left,
    format_time,
)
from lianxin.i18n.languages import (
    DEFAULT_LANGUAGE,
    LANGUAGES,
    Language,
    find_language,
    html_lang,
    language,
    negotiate,
    use_language,
)
from lianxin.i18n.messages import (
    N_,
    LazyText,
    gettext,
    install,
    jinja_callables,
    lazy_gettext,
    lazy_pgettext,
    ngettext,
    npgettext,
    pgettext,
)

_ = gettext

__all__ = [
    "DEFAULT_LANGUAGE",
    "DEFAULT_ZONE",
    "LANGUAGES",
    "N_",
    "Catalogues",
    "Conflict",
    "Language",
    "LazyText",
    "_",
    "find_language",
    "format_date",
    "format_datetime",
    "format_day_relative",
    "format_due",
    "format_duration_left",
    "format_time",
    "gettext",
    "html_lang",
    "install",
    "jinja_callables",
    "language",
    "lazy_gettext",
    "lazy_pgettext",
    "negotiate",
    "ngettext",
    "npgettext",
    "pgettext",
    "use_language",
]
