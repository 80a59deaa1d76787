"""One page that shows every part of templates/components/ with invented data. Development only."""

from datetime import date, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.conf import settings
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from congress_portal.common.audience import public

ZONE = ZoneInfo("Asia/Shanghai")
DRAWINGS = Path(settings.BASE_DIR) / "templates/components/icons"

STATES = [
    ("submitted", "待受理"),
    ("accepted", "待交办"),
    ("handling", "办理中"),
    ("replied", "待评价"),
    ("closed", "已办结"),
    ("declined", "不予受理"),
    ("overdue", "已超期"),
]

STEPS = [
    ("已提交", "done"),
    ("已受理", "done"),
    ("办理中", "current"),
    ("已答复", "todo"),
    ("已办结", "todo"),
]

ENTRIES = [
    {
        "what": "已转给示例供热公司办理",
        "when": datetime(2026, 9, 22, 10, 5, tzinfo=ZONE),
        "who": "区人大代表工委",
    },
    {
        "what": "已受理",
        "when": datetime(2026, 9, 21, 9, 30, tzinfo=ZONE),
        "who": "示例街道代表之家",
        "text": "您反映的供暖问题已登记，类别为供暖。",
    },
    {"what": "已提交", "when": datetime(2026, 9, 20, 20, 14, tzinfo=ZONE), "who": "您"},
]

LETTER = {
    "title": "关于 3 号楼供暖温度偏低的答复",
    "salutation": "王女士：您好",
    "text": (
        "您反映的室温偏低问题，我们于 9 月 23 日上门测温，客厅 16.5 ℃，低于标准。\n\n"
        "经查，单元回水阀门锈蚀。已于 9 月 25 日更换阀门并清洗管网，26 日复测为 20.5 ℃。\n\n"
        "如仍有不热的情况，请拨打站点电话，我们当日上门。"
    ),
    "signer": "示例供热公司",
    "date": date(2026, 9, 26),
}

ROWS = [
    {"label": "事情", "value": "3 号楼西侧暖气不热", "change_url": "#"},
    {"label": "地点", "value": "示例街道 示例社区", "change_url": "#"},
    {"label": "谁会看到", "value": "示例社区联络站，驻站代表 3 名"},
]

QUEUE = [
    {"title": "3 号楼西侧暖气不热，老人在家穿棉衣", "level": "overdue", "due": "超期 2 个工作日", "state": 2},
    {
        "title": "小区门口停车占用消防通道",
        "level": "soon",
        "due": "还剩 1 个工作日（10 月 10 日前）",
        "state": 0,
    },
    {
        "title": "希望社区食堂周末也开放",
        "level": "ok",
        "due": "还剩 12 个工作日（10 月 26 日前）",
        "state": 2,
    },
]

HEADERS = ["站点", "受理", "办结", "办结率"]
TABLE = [
    [
        {"text": name, "url": "#"},
        {"text": accepted, "num": True, "label": "受理"},
        {"text": closed, "num": True, "label": "办结"},
        {"text": rate, "num": True, "label": "办结率"},
    ]
    for name, accepted, closed, rate in (
        ("示例一站", 120, 105, "87.50%"),
        ("示例二站", 86, 80, "93.02%"),
        ("示例三站", 0, 0, "—"),
    )
]


class SampleForm(forms.Form):
    title = forms.CharField(label="一句话说明", help_text="例如：3 号楼西侧暖气不热")
    text = forms.CharField(label="发生了什么", widget=forms.Textarea(attrs={"data-maxlength": "2000"}))
    category = forms.ChoiceField(
        label="属于哪一类",
        widget=forms.RadioSelect,
        choices=[
            ("heating", "供暖"),
            ("parking", "停车"),
            ("elevator", "加装电梯"),
            ("meal", "养老助餐"),
            ("property", "物业"),
            ("noise", "噪声"),
            ("road", "道路"),
            ("question", "不清楚"),
        ],
    )
    street = forms.ChoiceField(label="街道", choices=[("", "请选择"), ("1", "示例街道")], required=False)
    public = forms.ChoiceField(
        label="是否公开",
        widget=forms.RadioSelect,
        choices=[("yes", "可以公开（隐去个人信息）"), ("no", "不公开")],
    )
    photos = forms.FileField(
        label="照片",
        required=False,
        help_text="最多 6 张，每张不超过 20 MB",
        widget=forms.FileInput(attrs={"data-preview": True, "accept": "image/*"}),
    )
    consent = forms.BooleanField(label="我同意站点工作人员为办理此事与我联系")
    level = forms.ChoiceField(
        label="您对办理结果满意吗",
        widget=forms.RadioSelect,
        choices=[("3", "满意"), ("2", "基本满意"), ("1", "不满意")],
    )


@public
@require_GET
def styleguide(request: HttpRequest) -> HttpResponse:
    """The parts in all their states; `?errors=1` shows the form as it looks when it comes back."""
    queue = [
        {
            **row,
            "state_key": STATES[int(str(row["state"]))][0],
            "state_label": STATES[int(str(row["state"]))][1],
        }
        for row in QUEUE
    ]
    context: dict[str, Any] = {
        "icons": sorted(path.stem for path in DRAWINGS.glob("*.svg")),
        "states": STATES,
        "steps": STEPS,
        "entries": ENTRIES,
        "letter": LETTER,
        "rows": ROWS,
        "queue": queue,
        "headers": HEADERS,
        "table": TABLE,
        "tabs": [
            {"label": "待我处理", "url": "#", "current": True, "count": 3},
            {"label": "本站全部", "url": "#", "count": 41},
            {"label": "已办", "url": "#"},
        ],
        "bars": [("供暖", 91.2, "91.20%"), ("停车", 64.0, "64.00%"), ("物业", None, "—")],
        "spark": [(index * 10, 40 - height, height) for index, height in enumerate((8, 14, 22, 30, 26, 34))],
        "page": Paginator(range(60), 20).page(2),
        "form": SampleForm(request.GET if "errors" in request.GET else None),
    }
    return render(request, "styleguide.html", context)
