"""The words of the register (GB 50038-2005, RFJ 01-2002; docs/glossary.md)."""

from django.db import models


class Category(models.TextChoices):
    EARLY = "early", "早期工程"
    STANDARD = "standard", "等级工程"
    DUAL = "dual", "兼顾工程"
    UNKNOWN = "unknown", "未定"


class ShelterKind(models.TextChoices):
    TUNNEL = "tunnel", "坑道"
    UNDERPASS = "underpass", "地道"
    CUT = "cut", "单建掘开"
    BASEMENT = "basement", "附建（结建）"
    OTHER = "other", "其他"


class WarUse(models.TextChoices):
    """Command posts are state secrets and are not among them."""

    FIRST_CLASS = "first_class", "一等人员掩蔽"
    SECOND_CLASS = "second_class", "二等人员掩蔽"
    TEAM = "team", "专业队队员掩蔽"
    TEAM_VEHICLES = "team_vehicles", "专业队装备掩蔽"
    MEDICAL = "medical", "医疗救护"
    GOODS = "goods", "物资库"
    VEHICLES = "vehicles", "汽车库"
    POWER = "power", "区域电站"
    WATER = "water", "区域供水站"
    FOOD = "food", "食品站"
    PASSAGE = "passage", "交通干（支）道"
    OTHER = "other", "其他"
    UNKNOWN = "unknown", "未明"


class PeaceUse(models.TextChoices):
    PUBLICITY = "publicity", "宣传教育"
    GOODS = "goods", "物资储备"
    OFFICE = "office", "办公"
    PARKING = "parking", "停车交通"
    TRADE = "trade", "商业"
    CULTURE = "culture", "文化体育"
    HOTEL = "hotel", "旅馆宿舍"
    IDLE = "idle", "闲置"
    OTHER = "other", "其他"
    UNKNOWN = "unknown", "未明"


class Nuclear(models.TextChoices):
    N1 = "1", "核1"
    N2 = "2", "核2"
    N2B = "2B", "核2B"
    N3 = "3", "核3"
    N4 = "4", "核4"
    N4B = "4B", "核4B"
    N5 = "5", "核5"
    N6 = "6", "核6"
    N6B = "6B", "核6B"


class Conventional(models.TextChoices):
    C5 = "5", "常5"
    C6 = "6", "常6"


class Chemical(models.TextChoices):
    A = "A", "甲级"
    B = "B", "乙级"
    C = "C", "丙级"
    D = "D", "丁级"


class Condition(models.TextChoices):
    GOOD = "good", "良好"
    FAIR = "fair", "一般"
    BAD = "bad", "较差"
    UNKNOWN = "unknown", "未知"


class Secrecy(models.TextChoices):
    """Nothing above: state secrets stay out of the product."""

    NONE = "none", "无"
    INTERNAL = "internal", "内部"
    WORK = "work", "工作秘密"


class OpeningKind(models.TextChoices):
    MAIN = "main", "主要出入口"
    SECOND = "second", "次要出入口"
    SPARE = "spare", "备用出入口"
    VEHICLE = "vehicle", "汽车出入口"
    LINK = "link", "连通口"
    INTAKE = "intake", "进风口"
    EXHAUST = "exhaust", "排风口"
    SMOKE = "smoke", "排烟口"
    LIGHT = "light", "采光窗井"
    OTHER = "other", "其他"


ENTRANCES = (OpeningKind.MAIN, OpeningKind.SECOND, OpeningKind.SPARE, OpeningKind.VEHICLE)
"""Openings through which people come in."""


class System(models.TextChoices):
    """The six systems of maintenance (DBJ33/T 1309-2023); the values are their names."""

    STRUCTURE = "土建", "土建"
    PROTECTIVE = "防护设备", "防护设备"
    AIR = "通风空调", "通风空调"
    WATER = "给排水供油", "给排水供油"
    POWER = "电气", "电气"
    INFORMATION = "信息", "信息"


OF_EARLY = frozenset({System.STRUCTURE.value, System.PROTECTIVE.value})
"""What an early work has where nobody has listed its equipment."""
