"""The local rules a new office starts with. They are rows from then on: the admin is where they change.

A table that already has rows is left alone, so nothing an office removed comes back.
"""

from typing import Any

from .enums import ClockUnit
from .models import Category, ClockRule, DeclineReason, TransferBody

Key = ClockRule.Key

CATEGORIES = (
    # code, name, icon (DOMAIN §J: words of residents; heating is first-class in a cold city)
    ("HEATING", "供暖", "heating"),
    ("PARKING", "停车", "parking"),
    ("ELEVATOR", "加装电梯", "elevator"),
    ("PROPERTY", "物业", "property"),
    ("ELDER_MEALS", "养老助餐", "meal"),
    ("ELDER_CARE", "养老服务", "care"),
    ("ROADS", "道路", "road"),
    ("NOISE", "噪声", "noise"),
    ("GREENING", "绿化", "tree"),
    ("EDUCATION", "教育", "school"),
    ("MEDICAL", "医疗", "medical"),
    ("SAFETY", "安全", "safety"),
    ("OTHER", "其他", "other"),
)

# Usual values until the district has its own rules; the resident reads the basis beside the date.
CLOCKS = (
    # key, length, unit, basis (DOMAIN §C.2 and §J)
    (Key.ACCEPT, 3, ClockUnit.WORKDAYS, "受理审核3个工作日"),
    (Key.SUPPLEMENT, 10, ClockUnit.WORKDAYS, "补充说明10个工作日"),
    (Key.ASSIGN, 2, ClockUnit.WORKDAYS, "受理后2个工作日内转交"),
    (Key.REPLY, 15, ClockUnit.WORKDAYS, "一般事项15个工作日内答复"),
    (Key.REPLY_COMPLEX, 30, ClockUnit.WORKDAYS, "复杂事项30个工作日内答复"),
    (Key.RATING, 15, ClockUnit.DAYS, "告知后15日内评价"),
    (Key.REDO, 15, ClockUnit.WORKDAYS, "二次办理15个工作日"),
    (Key.CONCLUDE, 10, ClockUnit.WORKDAYS, "研究决定10个工作日"),
    (Key.RETURN, 5, ClockUnit.WORKDAYS, "交办后5个工作日内可申请退回"),
    (Key.RETENTION, 1095, ClockUnit.DAYS, "办结后3年删除称呼和电话"),
)

DECLINES = (
    # code, reason, explanation, where to go (DOMAIN §C.5)
    (
        "N01",
        "已经或依法应通过诉讼、仲裁、行政复议解决",
        "您反映的事项已经进入或者依法应当通过诉讼、仲裁、行政复议等法定程序解决，人大代表不介入具体案件的办理。",
        "诉讼问题请拨打 12368（法院），检察监督请拨打 12309，法律咨询请拨打 12348。",
    ),
    (
        "N02",
        "对具体公职人员的检举控告",
        "检举控告由纪检监察机关依法受理，这里不能办理。您的内容不会被转给被反映的人。",
        "请拨打 12388 或者前往监察委员会反映。",
    ),
    (
        "N03",
        "同一事项正在办理或已经办结",
        "您反映的事项正在其他渠道办理或者已经办结，为避免重复，这里不再另行受理。",
        "请凭原来的编号查询进度；对结果有异议，可以向原办理单位提出。",
    ),
    (
        "N07",
        "民事纠纷",
        "您反映的事项属于当事人之间的民事纠纷，需要双方协商、调解或者通过司法途径解决。",
        "可以向社区人民调解委员会申请调解，或者拨打 12348 咨询法律问题。",
    ),
    (
        "N08",
        "内容不清且未补正",
        "您反映的内容还不够清楚，我们在约定的时间内没有收到补充。",
        "欢迎您补充时间、地点和具体情况后重新提交，也可以到就近的代表联络站当面说明。",
    ),
    (
        "N09",
        "含有侮辱、诽谤、违法信息或者广告",
        "提交的内容中含有不适宜受理的信息，没有可以办理的具体诉求。",
        "如果您有具体的困难，欢迎写明事情经过后重新提交。",
    ),
    (
        "N10",
        "涉及国家秘密、商业秘密或者他人隐私",
        "您提交的内容可能涉及秘密或者他人隐私，不能在网上办理，我们已停止流转。",
        "请到就近的代表联络站当面反映，不要在网上提交涉密内容。",
    ),
)

HOTLINES = (
    ("12345 政务服务便民热线", "拨打 12345"),
    ("区信访局", "到区信访接待大厅当面反映"),
    ("人民法院诉讼服务热线", "拨打 12368"),
    ("人民检察院检察服务热线", "拨打 12309"),
    ("监察委员会举报热线", "拨打 12388"),
    ("公共法律服务热线", "拨打 12348"),
)


def install(**kwargs: Any) -> None:
    """Fill the catalogues that are empty; runs after every migrate."""
    rows = {
        Category: [
            Category(code=code, name=name, icon=icon, order=order)
            for order, (code, name, icon) in enumerate(CATEGORIES)
        ],
        ClockRule: [
            ClockRule(key=key, length=length, unit=unit, basis=basis) for key, length, unit, basis in CLOCKS
        ],
        DeclineReason: [
            DeclineReason(code=code, label=label, text=text, where_to_go=where)
            for code, label, text, where in DECLINES
        ],
        TransferBody: [TransferBody(name=name, how_to_reach=how) for name, how in HOTLINES],
    }
    for model, defaults in rows.items():
        manager = model.objects  # type: ignore[attr-defined]
        if not manager.exists():
            manager.bulk_create(defaults)
