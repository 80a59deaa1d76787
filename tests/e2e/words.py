"""What is written on buttons and fields, in Chinese, so that wording can improve without a change here."""

from django.utils import translation

from suggestions.workflow import ASSIGNMENT_MOVES, SUGGESTION_MOVES


def zh(words: str, context: str = "", **values: object) -> str:
    """The Chinese of a text of the pages."""
    with translation.override("zh-hans"):
        text = translation.pgettext(context, words) if context else translation.gettext(words)
    return text % values if values else text


def label(action: str) -> str:
    """What is written on the button of one row of the tables."""
    with translation.override("zh-hans"):
        rows = (*SUGGESTION_MOVES, *ASSIGNMENT_MOVES)
        return next(str(move.label) for move in rows if move.action == action)
