"""The one door for plugins: names that they may import. Re-exports only."""

from lianxin.access.actor import Actor, GrantHeld
from lianxin.access.codes import check_code, request_code
from lianxin.access.devices import know_device
from lianxin.access.facts import check_second_fact, needs_second_fact
from lianxin.access.grants import GrantShown, end_grant, give_grant, list_grants
from lianxin.access.limits import (
    ADDRESS_TRIES,
    TEN_TRIES,
    Allowance,
    TooManyTries,
    Try,
    address_key,
    attempt_key,
    counted_apart,
    take_back,
    use_up,
)
from lianxin.access.models import Credential as CredentialRow
from lianxin.access.passwords import (
    check_password,
    clean_login,
    disable_sign_in,
    login_name_of,
    must_change_password,
    set_password,
)
from lianxin.access.rights import get_rights
from lianxin.access.sessions import (
    SessionHeld,
    SessionOpened,
    SessionShown,
    advance_session,
    end_all_sessions,
    end_session,
    find_session,
    list_sessions,
    load_grants,
    lock_sessions,
    open_session,
)
from lianxin.access.slips import check_slip, make_slip
from lianxin.access.totp import begin_totp, check_totp, confirm_totp, enrolment_of, reset_totp
from lianxin.access.visible import covers, visible_matters
from lianxin.audit import list_deeds, readings_of, record, verify
from lianxin.audit.reading_log import ReadingShown
from lianxin.audit.trail import DeedShown
from lianxin.bus import EventSeen, publish
from lianxin.calendar.actions import enter_year, set_day
from lianxin.calendar.queries import DayShown, list_days, list_years, load_calendar
from lianxin.calendar.rules import working_days_between
from lianxin.calendar.seed import SeedDay, read_seed
from lianxin.data.connection import connection
from lianxin.data.guards import AppendOnly as AppendOnlyGuard
from lianxin.data.guards import Check as CheckGuard
from lianxin.data.guards import Guard
from lianxin.data.guards import Index as IndexGuard
from lianxin.data.guards import Unique as UniqueGuard
from lianxin.data.jobs import enqueue, retry_dead
from lianxin.data.models import Job as JobRow
from lianxin.data.paging import Page, decode_key, encode_key
from lianxin.data.prepared import Prepared
from lianxin.data.recent import Recent
from lianxin.data.row import Row
from lianxin.data.sealed import Sealed, SealedField
from lianxin.data.unit import current_unit, unit_of_work
from lianxin.data.vault import get_vault
from lianxin.declarations import (
    APPLICANT,
    PUBLIC,
    SIGNED_IN,
    SYSTEM,
    Access,
    After,
    Asked,
    Before,
    Channel,
    Check,
    Clocks,
    Command,
    Deed,
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
from lianxin.directory.area_changes import change_area
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
from lianxin.directory.consents import ConsentTitles, give_consent, holds_consent, list_consents, withdraw_consent
from lianxin.directory.models import Person as PersonRow
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
    PersonInfo,
    bind_phone,
    bindings_of_phone,
    card_of,
    cards_of,
    claim_identity,
    claim_person,
    confirm_identity,
    find_or_create_person,
    find_person,
    fits_last_four,
    get_person,
    merge_people,
    people_of,
    people_of_phone,
    phone_key,
    phone_of,
    phones_of,
    same_person_ids,
    search_people,
    set_home_area,
    set_preferences,
    unbind_phone,
    undo_merge,
)
from lianxin.events import ask, happened
from lianxin.files import (
    FileInfo,
    find_file,
    forget,
    give_files,
    headers_for,
    keep,
    list_files,
    open_file,
    stage_upload,
)
from lianxin.i18n import N_, _, format_date, format_datetime, format_due, format_duration_left, ngettext, use_language
from lianxin.i18n import language as language_now
from lianxin.matters.advancing import Advanced, Advancing, Opening, advance
from lianxin.matters.attachments import (
    attach_files,
    attach_message,
    files_of,
    matters_of_file,
    messages_of,
    remove_file,
)
from lianxin.matters.changing import Change
from lianxin.matters.claiming import claim, hand_over, release, remind
from lianxin.matters.detail import MatterDetail, buttons, find_visible, get_detail, get_visible, matter_loader, offered
from lianxin.matters.flow import all_flows, find_flow, get_flow
from lianxin.matters.info import MatterInfo, load_matter, no_matter
from lianxin.matters.makers import set_applicant, set_maker
from lianxin.matters.models import Matter as MatterRow
from lianxin.matters.noting import BAD as BAD_GRADE
from lianxin.matters.noting import GRADES, add_note, rate, rating_of
from lianxin.matters.opening import open_matter
from lianxin.matters.queries import (
    MOST_COUNTED,
    MineRow,
    QueueRow,
    count_some,
    list_mine,
    list_queue,
    next_step,
    queue_condition,
    title_of,
)
from lianxin.matters.tasks import TaskInfo, ask_same_person, find_task, finish_task, list_tasks, tasks_of
from lianxin.messages import (
    NIGHT,
    MessageView,
    OutboxRow,
    Quiet,
    Reach,
    choose_reach,
    inbox,
    list_channels,
    mark_all_read,
    mark_read,
    outbox,
    reach_of,
    send_code,
    take_back_messages,
    tell,
    unread_count,
)
from lianxin.messages.sms import SmsProvider, mobile_of
from lianxin.plugging.discovery import installed_names
from lianxin.plugging.hookspecs import hookimpl
from lianxin.services import find as find_service
from lianxin.services import find_all as find_services
from lianxin.settings import (
    SettingsField,
    SettingShown,
    clear_setting,
    get_settings,
    list_settings,
    set_setting,
    settings_groups,
)
from lianxin.values.codes import parse_code, show_code
from lianxin.values.identifiers import uuid7
from lianxin.values.identity import IdNumber, make_id_number
from lianxin.values.invalid import InvalidValue
from lianxin.values.masks import mask_id, mask_name, mask_phone
from lianxin.values.money import parse_money, show_money
from lianxin.values.phones import show_phone
from lianxin.web.answers import See, Shown, Topics
from lianxin.web.bearers import TOKEN, Bearers
from lianxin.web.fields import CodeText, IdNumberText, Input, NameText, PhoneText, Wrong
from lianxin.web.forms import FieldView, FormView, input_of
from lianxin.web.qr import qr_markup, qr_svg
from lianxin.web.safe_path import safe_path
from lianxin.web.visit import Community, Notice, Visit
