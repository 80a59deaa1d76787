"""What a text asks for, taken apart where its writer numbered it; whoever accepts it decides."""

import re

from congress_portal.common.text import clean_line

from .inputs import MAX_POINTS, POINT_LENGTH

# 一、 二、 / 1. 2、 (3) / ① at the beginning of a line or after a full stop.
MARK = re.compile(
    r"(?:^|(?<=[。；;！？!?\n]))\s*"
    r"(?:第?[一二三四五六七八九十]{1,3}[、是，,.]|[（(]?\d{1,2}[）)、]|\d{1,2}[.．](?!\d)|[①-⑳])\s*",
    re.MULTILINE,
)


def split_points(text: str) -> list[str]:
    """The numbered points of a text, each cut to a line; [] where fewer than two are numbered."""
    parts = MARK.split(text)[1:]
    points = [clean_line(part).rstrip("。；;")[:POINT_LENGTH] for part in parts]
    points = [point for point in points if point][:MAX_POINTS]
    return points if len(points) > 1 else []
