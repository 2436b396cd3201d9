"""Typed settings: what an administrator may choose, for the site or for an area and all below it."""

from lianxin.settings.reading import get_settings, list_settings
from lianxin.settings.registry import SettingsField, SettingShown, check_group, settings_groups, use_settings
from lianxin.settings.writing import clear_setting, set_setting

__all__ = [
    "SettingShown",
    "SettingsField",
    "check_group",
    "clear_setting",
    "get_settings",
    "list_settings",
    "set_setting",
    "settings_groups",
    "use_settings",
]
