"""The local rules a new office starts with. They are rows from then on: the admin is where they change.

A table that already has rows is left alone, so nothing an office removed comes back.
"""

from typing import Any

from django.db import models

from .enums import ClockUnit, DeclineOutcome, Restriction
from .models import (
    Category,
    ClockRule,
    DeclineReason,
    EmergencyWord,
    ReminderRule,
    ReplyClass,
    ReplyTemplate,
    SupervisingBody,
    TransferBody,
)

Key = ClockRule.Key

CATEGORIES = (
    # code, name, icon (words of residents; heating is first-class in a cold city)
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
    # key, length, unit, basis
    (Key.ACCEPT, 3, ClockUnit.WORKDAYS, "受理审核3个工作日"),
    (Key.REVIEW, 2, ClockUnit.WORKDAYS, "敏感事项复核2个工作日"),
    (Key.SUPPLEMENT, 10, ClockUnit.WORKDAYS, "补充说明10个工作日"),
    (Key.ASSIGN, 2, ClockUnit.WORKDAYS, "受理后2个工作日内转交"),
    (Key.REPLY, 15, ClockUnit.WORKDAYS, "一般事项15个工作日内答复"),
    (Key.REPLY_COMPLEX, 30, ClockUnit.WORKDAYS, "复杂事项30个工作日内答复"),
    (Key.REPLY_MAX, 3, ClockUnit.MONTHS, "自首次交办之日起最长3个月（参照代表法第五十一条）"),
    (Key.EXTENSION, 15, ClockUnit.WORKDAYS, "延期一次，最多15个工作日"),
    (Key.FEEDBACK, 3, ClockUnit.WORKDAYS, "答复后3个工作日内告知"),
    (Key.RATING, 15, ClockUnit.DAYS, "告知后15日内评价"),
    (Key.REDO, 15, ClockUnit.WORKDAYS, "二次办理15个工作日"),
    (Key.CONCLUDE, 10, ClockUnit.WORKDAYS, "研究决定10个工作日"),
    (Key.SIGN, 2, ClockUnit.WORKDAYS, "交办后2个工作日内签收"),
    (Key.RETURN, 5, ClockUnit.WORKDAYS, "交办后5个工作日内可申请退回"),
    (Key.ASSIST, 10, ClockUnit.WORKDAYS, "会办意见10个工作日内送主办单位"),
    (Key.RETENTION, 1095, ClockUnit.DAYS, "办结后3年删除称呼和电话"),
)

GROUNDS = (
    # code, reason, explanation, where to go; what else becomes of it stands in OUTCOMES
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
        "N04",
        "不属于本行政区域",
        "您反映的地点不在沈河区，这里没有办理的职权，已为您转到有权处理的地方。",
        "请向所在区的人大代表家站或者 12345 反映。",
    ),
    (
        "N05",
        "属上级机关权限",
        "您反映的事项需要上级机关决定，我们已经受理，将通过上级人大代表反映并向您说明。",
        "办理进展会在这里告诉您。",
    ),
    (
        "N06",
        "紧急情况，危及生命财产",
        "您反映的是紧急情况，我们已经通知值班人员。情况紧急时请立即拨打报警、火警或者急救电话。",
        "报警 110，火警 119，急救 120。",
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
    (
        "N11",
        "政策咨询",
        "您咨询的问题已经答复，请在这里查看。",
        "还有疑问，可以拨打 12345 或者到就近的代表联络站咨询。",
    ),
)

# Every other ground is a refusal that one person decides and nobody is kept from.
OUTCOMES: dict[str, dict[str, Any]] = {
    "N02": {"two_person": True, "hide_from": Restriction.ALL},
    "N04": {"outcome": DeclineOutcome.TRANSFER},
    "N05": {"outcome": DeclineOutcome.REFER_UP},
    "N06": {"outcome": DeclineOutcome.ALERT},
    "N09": {"two_person": True, "hide_from": Restriction.PUBLIC},
    "N10": {"two_person": True, "hide_from": Restriction.ALL},
    "N11": {"outcome": DeclineOutcome.ANSWER},
}

HOTLINES = (
    ("12345 政务服务便民热线", "拨打 12345"),
    ("区信访局", "到区信访接待大厅当面反映"),
    ("人民法院诉讼服务热线", "拨打 12368"),
    ("人民检察院检察服务热线", "拨打 12309"),
    ("监察委员会举报热线", "拨打 12388"),
    ("公共法律服务热线", "拨打 12348"),
)

CLASSES = (
    # class, words for the office, words for the resident, needs a dated promise, in use
    ("A", "已解决或者基本解决", "已经解决或者基本解决", False, True),
    ("B", "正在解决或者列入计划解决", "正在解决，或者已列入计划", True, True),
    ("C", "受条件限制近期不能解决", "受条件限制，近期还不能解决", True, True),
    ("D", "留作参考", "留作工作参考", False, False),
)

REMINDERS = (
    # working days before the date, tone, copy to the leader
    (5, ReminderRule.Tone.REMIND, False),
    (1, ReminderRule.Tone.REMIND, False),
    (-1, ReminderRule.Tone.YELLOW, False),
    (-6, ReminderRule.Tone.RED, True),
)

EMERGENCIES = {
    "119": ("着火", "起火", "火灾", "冒烟", "煤气泄漏", "燃气泄漏", "被困电梯"),
    "110": ("跳楼", "打架", "持刀", "抢劫", "绑架"),
    "120": ("晕倒", "昏迷", "大出血", "煤气中毒", "心脏病发作"),
}

BODIES = ("主任会议", "法制委员会", "财政经济委员会", "教科文卫委员会", "城建环资委员会", "社会建设委员会")

Use = ReplyTemplate.Use
TEMPLATES = (
    # used for, name, text
    (Use.ASK_MORE, "地点不清", "请您补充具体地点，例如小区名称、楼号或者路口，方便我们尽快联系有关单位。"),
    (Use.ASK_MORE, "时间不清", "请您补充情况发生的时间、是否经常发生，如有照片也可以一并上传。"),
    (
        Use.ANSWER,
        "已协调解决",
        "您好，您反映的问题收悉。经联系，有关单位已到现场处理，问题已经解决。",
    ),
    (Use.INQUIRY, "政策解答", "您好，您咨询的问题现答复如下：\n\n如需进一步了解，可以拨打 12345。"),
    (
        Use.ASSIGN,
        "先联系后办理",
        "请先与反映人联系，到现场查看后再提出办理意见，并逐项答复。",
    ),
    (Use.DRAFT, "开头", "您好，您反映的问题收悉，感谢您对我区工作的关心。经研究办理，现答复如下："),
)


def install(**kwargs: Any) -> None:
    """Fill the catalogues that are empty; runs after every migrate."""
    rows: dict[type[models.Model], list[Any]] = {
        Category: [
            Category(code=code, name=name, icon=icon, order=order)
            for order, (code, name, icon) in enumerate(CATEGORIES)
        ],
        ClockRule: [
            ClockRule(key=key, length=length, unit=unit, basis=basis) for key, length, unit, basis in CLOCKS
        ],
        DeclineReason: [
            DeclineReason(code=code, label=label, text=text, where_to_go=where, **OUTCOMES.get(code, {}))
            for code, label, text, where in GROUNDS
        ],
        TransferBody: [TransferBody(name=name, how_to_reach=how) for name, how in HOTLINES],
        ReplyClass: [
            ReplyClass(code=code, label=label, plain=plain, needs_promise=promise, is_active=active)
            for code, label, plain, promise, active in CLASSES
        ],
        ReminderRule: [
            ReminderRule(days_before=days, tone=tone, tell_leader=leader) for days, tone, leader in REMINDERS
        ],
        EmergencyWord: [
            EmergencyWord(word=word, call=call) for call, words in EMERGENCIES.items() for word in words
        ],
        SupervisingBody: [SupervisingBody(name=name, order=order) for order, name in enumerate(BODIES)],
        ReplyTemplate: [
            ReplyTemplate(use=use, name=name, text=text, order=order)
            for order, (use, name, text) in enumerate(TEMPLATES)
        ],
    }
    for model, defaults in rows.items():
        manager = model.objects  # type: ignore[attr-defined]
        if not manager.exists():
            manager.bulk_create(defaults)
    # The code asks for every key by name; one that came later is added with its usual length.
    known = set(ClockRule.objects.values_list("key", flat=True))
    ClockRule.objects.bulk_create([rule for rule in rows[ClockRule] if rule.key not in known])
