"""The plugin's table of contents: what it hands to the kernel."""

from __future__ import annotations

from lianxin.api import (
    N_,
    Check,
    Command,
    ConsentTitles,
    Deed,
    DemoData,
    Filler,
    Flow,
    Job,
    Listener,
    MessageKind,
    PageEntry,
    Permission,
    Route,
    Service,
    SettingsGroup,
    Slot,
    hookimpl,
)
from lianxin_eservices import models as tables
from lianxin_eservices.access import PERMISSIONS
from lianxin_eservices.checking import LIFE_CHECKS
from lianxin_eservices.commands import COMMANDS
from lianxin_eservices.deeds import DEEDS
from lianxin_eservices.demo import fill_demo
from lianxin_eservices.demo.helping import fill_helping
from lianxin_eservices.demo.households import fill_households
from lianxin_eservices.demo.papers import fill_papers
from lianxin_eservices.demo.printing import fill_printing
from lianxin_eservices.demo.together import fill_together
from lianxin_eservices.demo.wrong_person import fill_wrong_person
from lianxin_eservices.documents.checking import CHECKS
from lianxin_eservices.flow import CASE_FLOW
from lianxin_eservices.flow_calling import CALL_FLOW
from lianxin_eservices.jobs import JOBS
from lianxin_eservices.listeners import LISTENERS
from lianxin_eservices.messages import MESSAGES
from lianxin_eservices.models_acting import ACTING_TABLES
from lianxin_eservices.models_catalogue import CATALOGUE_TABLES
from lianxin_eservices.queries.consents import ItemConsents
from lianxin_eservices.routes import filling
from lianxin_eservices.routes.acting_table import ACTING_ROUTES
from lianxin_eservices.routes.aside import ASIDE_ROUTES
from lianxin_eservices.routes.catalogue_table import CATALOGUE_ROUTES
from lianxin_eservices.routes.exchange_table import EXCHANGE_ROUTES
from lianxin_eservices.routes.household_table import HOUSEHOLD_ROUTES
from lianxin_eservices.routes.life_table import LIFE_ROUTES
from lianxin_eservices.routes.office_table import OFFICE_ROUTES
from lianxin_eservices.routes.papers_table import PAPERS_ROUTES
from lianxin_eservices.routes.printing import count_sheets
from lianxin_eservices.routes.printing_table import PRINTING_ROUTES
from lianxin_eservices.routes.showing import SHOWING_ROUTES
from lianxin_eservices.routes.states_table import STATES_ROUTES
from lianxin_eservices.routes.table import ROUTES
from lianxin_eservices.settings import EservicesSettings


@hookimpl
def models() -> list[type]:
    """Items and their versions, drafts, cases, papers."""
    return [
        tables.Item,
        tables.ItemVersion,
        tables.Draft,
        tables.DraftPart,
        tables.Case,
        tables.GivenMaterial,
        *ACTING_TABLES,
        *tables.ASIDE_TABLES,
        *CATALOGUE_TABLES,
        *tables.FIGURE_TABLES,
        *tables.HOUSEHOLD_TABLES,
        *tables.NOTICE_TABLES,
        *tables.PAPER_TABLES,
        *tables.PRINTING_TABLES,
        *tables.SHOWING_TABLES,
        *tables.STATE_TABLES,
        *tables.WRONG_PERSON_TABLES,
    ]


@hookimpl
def routes() -> list[Route]:
    """Catalogue, guides, applying, the desk's entry."""
    return [
        *ROUTES,
        *ACTING_ROUTES,
        *ASIDE_ROUTES,
        *SHOWING_ROUTES,
        *STATES_ROUTES,
        *CATALOGUE_ROUTES,
        *OFFICE_ROUTES,
        *LIFE_ROUTES,
        *HOUSEHOLD_ROUTES,
        *PRINTING_ROUTES,
        *PAPERS_ROUTES,
        *EXCHANGE_ROUTES,
    ]


@hookimpl
def pages() -> list[PageEntry]:
    """Services stand on every shelf of residents; the desk enters applications."""
    hint = N_("What to bring, how long it takes, apply at once")
    return [
        PageEntry("portal", "eservices:catalogue", N_("Services"), "doc", weight=10),
        PageEntry("portal", "eservices:posted", N_("Public notices"), "news", weight=15),
        PageEntry("tabbar", "eservices:catalogue", N_("Services"), "doc", weight=10),
        PageEntry("front", "eservices:catalogue", N_("Services"), "doc", weight=10, hint=hint),
        PageEntry("desk", "eservices:desk_new", N_("New application"), "plus", weight=20),
        PageEntry("admin", "eservices:services", N_("Services"), "doc", weight=30, group=N_("E-services")),
        PageEntry("desk", "eservices:slip", N_("Go on with a slip"), "qr", weight=21),
        PageEntry("desk", "eservices:told", N_("Look at a caller’s page"), "eye", weight=21),
        PageEntry("desk", "eservices:desk_leave", N_("Let somebody act"), "hand", weight=22),
        PageEntry("desk", "eservices:desk_words", N_("Taking back a consent"), "undo", weight=23),
        PageEntry("desk", "eservices:to_print", N_("To print"), "print", weight=24, badge=count_sheets),
        PageEntry("desk", "eservices:watch", N_("Supervision list"), "alert", weight=60),
        PageEntry("desk", "eservices:figures", N_("Figures"), "bars", weight=62),
        PageEntry("account", "eservices:proxies", N_("Who acts for me"), "shield", weight=42),
        PageEntry("account", "eservices:households", N_("Applications of my household"), "users", weight=43),
        PageEntry("account", "eservices:box", N_("My papers"), "doc", weight=41),
        PageEntry("account", "eservices:acting", N_("I help others"), "hand", weight=44),
    ]


@hookimpl
def commands() -> list[Command]:
    """Putting the catalogue into a new site."""
    return list(COMMANDS)


@hookimpl
def permissions() -> list[Permission]:
    """Six, for four roles."""
    return list(PERMISSIONS)


@hookimpl
def flows() -> list[Flow]:
    """The way of an application."""
    return [CASE_FLOW, CALL_FLOW]


@hookimpl
def messages() -> list[MessageKind]:
    """What applicants are told."""
    return list(MESSAGES)


@hookimpl
def slots() -> list[Slot]:
    """A guide has room for what other plugins offer beside it."""
    return [Slot("eservices.guide", N_("A service's page, beside the guide"))]


@hookimpl
def fillers() -> list[Filler]:
    """What many come for on the first page; what was begun on the account's; applying, for whoever is served."""
    return [
        Filler("portal.home", filling.fill_home, "eservices/popular.html", weight=20),
        Filler("account.home", filling.fill_account, "eservices/my_drafts.html", weight=20),
        Filler("counter.serving", filling.fill_counter, "eservices/begin.html", weight=20),
    ]


@hookimpl
def services() -> list[Service]:
    """What applicants agreed to, in words, for their own page."""
    return [Service(ConsentTitles, ItemConsents())]


@hookimpl
def settings() -> list[SettingsGroup]:
    """Times, and what stands on the first page."""
    return [SettingsGroup(N_("E-services"), EservicesSettings)]


@hookimpl
def listeners() -> list[Listener]:
    """Nobody handles what she applied for as somebody's proxy."""
    return list(LISTENERS)


@hookimpl
def jobs() -> list[Job]:
    """Forgetting what nobody went on with."""
    return list(JOBS)


@hookimpl
def checks() -> list[Check]:
    """Whether papers can be drawn here; whether life events name services that are there."""
    return [*CHECKS, *LIFE_CHECKS]


@hookimpl
def demo() -> list[DemoData]:
    """The county's 57 items, and applications in every state."""
    return [
        DemoData(fill_demo, weight=20),
        DemoData(fill_helping, weight=24),
        DemoData(fill_together, weight=26),
        DemoData(fill_households, weight=27),
        DemoData(fill_printing, weight=28),
        DemoData(fill_papers, weight=29),
        DemoData(fill_wrong_person, weight=29),
    ]


@hookimpl
def deeds() -> list[Deed]:
    """For who reads the audit trail."""
    return list(DEEDS)
