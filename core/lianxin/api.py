"""The one door for plugins: names that they may import. Re-exports only."""

from lianxin.access.actor import (
    Actor,
)
from lianxin.access.codes import (
    check_code,
    request_code,
)
from lianxin.access.devices import (
    know_device,
)
from lianxin.access.facts import (
    check_second_fact,
    needs_second_fact,
)
from lianxin.access.grants import (
    GrantShown,
    end_grant,
    give_grant,
    list_grants,
)
from lianxin.access.limits import (
    TooManyTries,
)
from lianxin.access.models import (
    Credential as CredentialRow,
)
from lianxin.access.passwords import (
    check_password,
    disable_sign_in,
    login_name_of,
    must_change_password,
    set_password,
)
from lianxin.access.rights import (
    get_rights,
)
from lianxin.access.sessions import (
    SessionHeld,
    SessionOpened,
    SessionShown,
    advance_session,
    end_all_sessions,
    end_session,
    list_sessions,
    load_grants,
    open_session,
)
from lianxin.access.slips import (
    check_slip,
    make_slip,
)
from lianxin.access.totp import (
    begin_totp,
    check_totp,
    confirm_totp,
    enrolment_of,
    reset_totp,
)
from lianxin.access.visible import (
    covers,
    visible_matters,
)
from lianxin.audit import (
    list_deeds,
    readings_of,
    record,
    verify,
)
from lianxin.audit.reading_log import (
    ReadingShown,
)
from lianxin.audit.trail import (
    DeedShown,
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
    DayShown,
    list_days,
    list_years,
    load_calendar,
)
from lianxin.calendar.seed import (
    SeedDay,
    read_seed,
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
from lianxin.data.models import (
    Job as JobRow,
)
from lianxin.data.paging import (
    Page,
    decode_key,
    encode_key,
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
    path_range,
    station_of,
)
from lianxin.directory.consents import (
    give_consent,
    holds_consent,
    list_consents,
    withdraw_consent,
)
from lianxin.directory.models import (
    Person as PersonRow,
)
from lianxin.directory.organisations import (
    OrganisationInfo,
    find_organisation,
    get_organisation,
    list_organisations,
    organisations_of,
)
from lianxin.directory.people import (
    DeskAnswer,
    DeskEntry,
    PersonCard,
    bind_phone,
    card_of,
    cards_of,
    claim_identity,
    claim_person,
    confirm_identity,
    find_or_create_person,
    find_person,
    get_person,
    merge_people,
    people_of,
    people_of_phone,
    phone_key,
    phones_of,
    same_person_ids,
    search_people,
    set_home_area,
    set_preferences,
    undo_merge,
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
    format_duration_left,
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
    matter_of_file,
    messages_of,
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
    QueueCounts,
    QueueRow,
    count_queue,
    list_mine,
    list_queue,
    queue_condition,
    title_of,
)
from lianxin.matters.tasks import (
    TaskInfo,
    ask_same_person,
    find_task,
    finish_task,
    list_tasks,
)
from lianxin.messages import (
    MessageView,
    OutboxRow,
    inbox,
    mark_all_read,
    mark_read,
    outbox,
    send_code,
    tell,
    unread_count,
)
from lianxin.messages.sms import (
    SmsProvider,
)
from lianxin.plugging.discovery import (
    installed_names,
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
    SettingShown,
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
    "CredentialRow",
    "DayShown",
    "DeedShown",
    "DemoData",
    "DeskAnswer",
    "DeskEntry",
    "Detail",
    "EventSeen",
    "FieldView",
    "FileInfo",
    "Filler",
    "Flow",
    "FormView",
    "GrantShown",
    "Guard",
    "IdNumber",
    "IdNumberText",
    "IndexGuard",
    "Input",
    "InvalidValue",
    "Job",
    "JobRow",
    "Lifespan",
    "Limit",
    "Listener",
    "Loader",
    "Manifest",
    "MatterDetail",
    "MatterInfo",
    "MatterRow",
    "MessageKind",
    "MessageView",
    "MineRow",
    "NameText",
    "Notice",
    "OrganisationInfo",
    "OutboxRow",
    "Page",
    "PageEntry",
    "Pause",
    "Permission",
    "PersonCard",
    "PersonRow",
    "PersonalData",
    "PhoneText",
    "QueueCounts",
    "QueueRow",
    "ReadingShown",
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
    "SeedDay",
    "Service",
    "SessionHeld",
    "SessionOpened",
    "SessionShown",
    "SettingShown",
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
    "TooManyTries",
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
    "advance_session",
    "all_flows",
    "ancestors",
    "api",
    "areas_of",
    "ask",
    "ask_same_person",
    "attach_files",
    "begin_totp",
    "bind_phone",
    "buttons",
    "card_of",
    "cards_of",
    "change_area",
    "check_code",
    "check_password",
    "check_second_fact",
    "check_slip",
    "check_totp",
    "claim",
    "claim_identity",
    "claim_person",
    "clear_setting",
    "confirm_identity",
    "confirm_totp",
    "connection",
    "count_queue",
    "covers",
    "current_unit",
    "decode_key",
    "disable_sign_in",
    "encode_key",
    "end_all_sessions",
    "end_grant",
    "end_session",
    "enqueue",
    "enrolment_of",
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
    "find_task",
    "find_visible",
    "finish_task",
    "format_date",
    "format_datetime",
    "format_due",
    "format_duration_left",
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
    "give_grant",
    "hand_over",
    "happened",
    "headers_for",
    "holds_consent",
    "hookimpl",
    "inbox",
    "installed_names",
    "keep",
    "know_device",
    "list_below",
    "list_children",
    "list_consents",
    "list_days",
    "list_deeds",
    "list_files",
    "list_grants",
    "list_mine",
    "list_organisations",
    "list_queue",
    "list_sessions",
    "list_settings",
    "list_tasks",
    "list_years",
    "load_calendar",
    "load_grants",
    "load_matter",
    "login_name_of",
    "make_id_number",
    "make_slip",
    "mark_all_read",
    "mark_read",
    "mask_id",
    "mask_name",
    "mask_phone",
    "matter_loader",
    "matter_of_file",
    "merge_people",
    "messages_of",
    "must_change_password",
    "needs_second_fact",
    "ngettext",
    "open_file",
    "open_matter",
    "open_session",
    "organisations_of",
    "outbox",
    "page",
    "parse_code",
    "path_range",
    "people_of",
    "people_of_phone",
    "phone_key",
    "phones_of",
    "publish",
    "queue_condition",
    "rate",
    "rating_of",
    "read_seed",
    "readings_of",
    "record",
    "release",
    "remind",
    "remove_file",
    "request_code",
    "reset_totp",
    "retry_dead",
    "safe_path",
    "same_person_ids",
    "search_people",
    "send_code",
    "set_day",
    "set_home_area",
    "set_password",
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
    "title_of",
    "undo_merge",
    "unit_of_work",
    "unread_count",
    "use_language",
    "uuid7",
    "verify",
    "visible_matters",
    "withdraw_consent",
]
