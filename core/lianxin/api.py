"""The one door for plugins: names that they may import. Re-exports only."""

from lianxin.access.actor import (
    Actor,
)
from lianxin.access.rights import (
    get_rights,
)
from lianxin.audit import (
    list_deeds,
    readings_of,
    record,
    verify,
)
from lianxin.bus import (
    EventSeen,
    publish,
)
from lianxin.calendar.actions import (
    enter_year,
    set_day,
)
from lianxin.calendar.queries import (
    list_days,
    list_years,
    load_calendar,
)
from lianxin.data.connection import (
    connection,
)
from lianxin.data.guards import (
    AppendOnly as AppendOnlyGuard,
)
from lianxin.data.guards import (
    Check as CheckGuard,
)
from lianxin.data.guards import (
    Guard,
)
from lianxin.data.guards import (
    Index as IndexGuard,
)
from lianxin.data.guards import (
    Unique as UniqueGuard,
)
from lianxin.data.jobs import (
    enqueue,
    retry_dead,
)
from lianxin.data.paging import (
    Page,
)
from lianxin.data.row import (
    Row,
)
from lianxin.data.sealed import (
    Sealed,
    SealedField,
)
from lianxin.data.unit import (
    current_unit,
    unit_of_work,
)
from lianxin.data.vault import (
    get_vault,
)
from lianxin.declarations import (
    APPLICANT,
    PUBLIC,
    SIGNED_IN,
    SYSTEM,
    Access,
    After,
    Before,
    Channel,
    Check,
    Clocks,
    Command,
    DemoData,
    Detail,
    Filler,
    Flow,
    Job,
    Lifespan,
    Limit,
    Listener,
    Loader,
    Manifest,
    MessageKind,
    PageEntry,
    Pause,
    Permission,
    PersonalData,
    Refused,
    Restart,
    Resume,
    Role,
    Route,
    Scope,
    Service,
    SettingsGroup,
    SignInMethod,
    Slot,
    Start,
    State,
    StateKind,
    Stop,
    TaskKind,
    Transition,
    Verdict,
    action,
    api,
    feed,
    page,
    setting,
    stream,
)
from lianxin.directory.area_changes import (
    change_area,
)
from lianxin.directory.areas import (
    AreaInfo,
    ancestors,
    areas_of,
    find_area,
    get_area,
    list_below,
    list_children,
    station_of,
)
from lianxin.directory.consents import (
    give_consent,
    holds_consent,
    list_consents,
    withdraw_consent,
)
from lianxin.directory.organisations import (
    OrganisationInfo,
    find_organisation,
    get_organisation,
    list_organisations,
)
from lianxin.directory.people import (
    DeskEntry,
    PersonCard,
    bind_phone,
    card_of,
    cards_of,
    claim_identity,
    claim_person,
    find_or_create_person,
    find_person,
    get_person,
    people_of_phone,
    phones_of,
    search_people,
    set_home_area,
    set_preferences,
)
from lianxin.events import (
    ask,
    happened,
)
from lianxin.files import (
    FileInfo,
    find_file,
    headers_for,
    keep,
    list_files,
    open_file,
    stage_upload,
)
from lianxin.i18n import (
    N_,
    _,
    format_date,
    format_datetime,
    format_due,
    ngettext,
    use_language,
)
from lianxin.matters.advancing import (
    Advanced,
    Advancing,
    advance,
)
from lianxin.matters.attachments import (
    attach_files,
    files_of,
    remove_file,
)
from lianxin.matters.changing import (
    Change,
)
from lianxin.matters.claiming import (
    claim,
    hand_over,
    release,
    remind,
)
from lianxin.matters.detail import (
    MatterDetail,
    buttons,
    find_visible,
    get_detail,
    get_visible,
    matter_loader,
)
from lianxin.matters.flow import (
    all_flows,
    find_flow,
    get_flow,
)
from lianxin.matters.info import (
    MatterInfo,
    load_matter,
)
from lianxin.matters.models import (
    Matter as MatterRow,
)
from lianxin.matters.noting import (
    BAD as BAD_GRADE,
)
from lianxin.matters.noting import (
    GRADES,
    add_note,
    rate,
    rating_of,
)
from lianxin.matters.opening import (
    open_matter,
)
from lianxin.matters.queries import (
    MineRow,
    QueueRow,
    count_queue,
    list_mine,
    list_queue,
)
from lianxin.matters.tasks import (
    TaskInfo,
    ask_same_person,
    finish_task,
    list_tasks,
)
from lianxin.messages import (
    inbox,
    mark_all_read,
    mark_read,
    outbox,
    tell,
    unread_count,
)
from lianxin.messages.sms import (
    SmsProvider,
)
from lianxin.plugging.hookspecs import (
    hookimpl,
)
from lianxin.services import (
    find as find_service,
)
from lianxin.services import (
    find_all as find_services,
)
from lianxin.settings import (
    clear_setting,
    get_settings,
    list_settings,
    set_setting,
    settings_groups,
)
from lianxin.values.codes import (
    parse_code,
    show_code,
)
from lianxin.values.identifiers import (
    uuid7,
)
from lianxin.values.identity import (
    IdNumber,
    make_id_number,
)
from lianxin.values.invalid import (
    InvalidValue,
)
from lianxin.values.masks import (
    mask_id,
    mask_name,
    mask_phone,
)
from lianxin.values.money import (
    show_money,
)
from lianxin.values.phones import (
    show_phone,
)
from lianxin.web.answers import (
    See,
    Shown,
    Topics,
)
from lianxin.web.fields import (
    CodeText,
    IdNumberText,
    Input,
    NameText,
    PhoneText,
    Wrong,
)
from lianxin.web.forms import (
    FieldView,
    FormView,
)
from lianxin.web.safe_path import (
    safe_path,
)
from lianxin.web.visit import (
    Community,
    Notice,
    Visit,
)

__all__ = [
    "APPLICANT",
    "BAD_GRADE",
    "GRADES",
    "N_",
    "PUBLIC",
    "SIGNED_IN",
    "SYSTEM",
    "Access",
    "Actor",
    "Advanced",
    "Advancing",
    "After",
    "AppendOnlyGuard",
    "AreaInfo",
    "Before",
    "Change",
    "Channel",
    "Check",
    "CheckGuard",
    "Clocks",
    "CodeText",
    "Command",
    "Community",
    "DemoData",
    "DeskEntry",
    "Detail",
    "EventSeen",
    "FieldView",
    "FileInfo",
    "Filler",
    "Flow",
    "FormView",
    "Guard",
    "IdNumber",
    "IdNumberText",
    "IndexGuard",
    "Input",
    "InvalidValue",
    "Job",
    "Lifespan",
    "Limit",
    "Listener",
    "Loader",
    "Manifest",
    "MatterDetail",
    "MatterInfo",
    "MatterRow",
    "MessageKind",
    "MineRow",
    "NameText",
    "Notice",
    "OrganisationInfo",
    "Page",
    "PageEntry",
    "Pause",
    "Permission",
    "PersonCard",
    "PersonalData",
    "PhoneText",
    "QueueRow",
    "Refused",
    "Restart",
    "Resume",
    "Role",
    "Route",
    "Row",
    "Scope",
    "Sealed",
    "SealedField",
    "See",
    "Service",
    "SettingsGroup",
    "Shown",
    "SignInMethod",
    "Slot",
    "SmsProvider",
    "Start",
    "State",
    "StateKind",
    "Stop",
    "TaskInfo",
    "TaskKind",
    "Topics",
    "Transition",
    "UniqueGuard",
    "Verdict",
    "Visit",
    "Wrong",
    "_",
    "action",
    "add_note",
    "advance",
    "all_flows",
    "ancestors",
    "api",
    "areas_of",
    "ask",
    "ask_same_person",
    "attach_files",
    "bind_phone",
    "buttons",
    "card_of",
    "cards_of",
    "change_area",
    "claim",
    "claim_identity",
    "claim_person",
    "clear_setting",
    "connection",
    "count_queue",
    "current_unit",
    "enqueue",
    "enter_year",
    "feed",
    "files_of",
    "find_area",
    "find_file",
    "find_flow",
    "find_or_create_person",
    "find_organisation",
    "find_person",
    "find_service",
    "find_services",
    "find_visible",
    "finish_task",
    "format_date",
    "format_datetime",
    "format_due",
    "get_area",
    "get_detail",
    "get_flow",
    "get_organisation",
    "get_person",
    "get_rights",
    "get_settings",
    "get_vault",
    "get_visible",
    "give_consent",
    "hand_over",
    "happened",
    "headers_for",
    "holds_consent",
    "hookimpl",
    "inbox",
    "keep",
    "list_below",
    "list_children",
    "list_consents",
    "list_days",
    "list_deeds",
    "list_files",
    "list_mine",
    "list_organisations",
    "list_queue",
    "list_settings",
    "list_tasks",
    "list_years",
    "load_calendar",
    "load_matter",
    "make_id_number",
    "mark_all_read",
    "mark_read",
    "mask_id",
    "mask_name",
    "mask_phone",
    "matter_loader",
    "ngettext",
    "open_file",
    "open_matter",
    "outbox",
    "page",
    "parse_code",
    "people_of_phone",
    "phones_of",
    "publish",
    "rate",
    "rating_of",
    "readings_of",
    "record",
    "release",
    "remind",
    "remove_file",
    "retry_dead",
    "safe_path",
    "search_people",
    "set_day",
    "set_home_area",
    "set_preferences",
    "set_setting",
    "setting",
    "settings_groups",
    "show_code",
    "show_money",
    "show_phone",
    "stage_upload",
    "station_of",
    "stream",
    "tell",
    "unit_of_work",
    "unread_count",
    "use_language",
    "uuid7",
    "verify",
    "withdraw_consent",
]
