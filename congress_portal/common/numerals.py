"""Numbers as Chinese official names write them: 第十九届, 第二十一次."""

DIGITS = "零一二三四五六七八九"
UNITS = ("", "十", "百", "千")


def chinese_numeral(number: int) -> str:
    """0-9999 in Chinese: 19 十九, 110 一百一十, 1005 一千零五. ValueError outside."""
    if not 0 <= number <= 9999:
        raise ValueError("Only 0 to 9999 can be written.")
    if number == 0:
        return DIGITS[0]
    written, gap = "", False
    digits = str(number)
    for position, digit in enumerate(digits):
        unit = UNITS[len(digits) - 1 - position]
        if digit == "0":
            gap = True
            continue
        written += (DIGITS[0] if gap else "") + DIGITS[int(digit)] + unit
        gap = False
    # 10-19 stand without a leading 一 (十九), but 110 keeps it (一百一十).
    return written.removeprefix("一") if 10 <= number <= 19 else written
