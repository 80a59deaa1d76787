"""Words the office uses again and again, offered beside the fields that ask for a text."""

from .models import ReplyTemplate, Suggestion

Use = ReplyTemplate.Use
# Action → whose templates are offered, and the input they are for.
OFFERED: dict[str, tuple[str, str]] = {
    "ask_more": (Use.ASK_MORE, "question"),
    "decline": (Use.DECLINE, "text"),
    "propose_decline": (Use.DECLINE, "text"),
    "transfer": (Use.TRANSFER, "text"),
    "answer_direct": (Use.ANSWER, "reply"),
    "answer_inquiry": (Use.INQUIRY, "reply"),
    "assign": (Use.ASSIGN, "instructions"),
    "draft": (Use.DRAFT, "text"),
}


def field_of(action: str) -> str:
    """The input of the action that templates are for; "" for none."""
    return OFFERED[action][1] if action in OFFERED else ""


def offered(action: str, case: Suggestion) -> list[ReplyTemplate]:
    """Templates for the action: those of the case's category first, then those for all."""
    if action not in OFFERED:
        return []
    rows = ReplyTemplate.objects.filter(use=OFFERED[action][0], is_active=True)
    fitting = [row for row in rows if row.category_id in (None, case.category_id)]
    return sorted(fitting, key=lambda row: row.category_id is None)


def chosen(action: str, case: Suggestion, key: str) -> str:
    """The text of the template with this key, as an address names it; "" if it is none for the action."""
    return next((row.text for row in offered(action, case) if str(row.pk) == key), "")
