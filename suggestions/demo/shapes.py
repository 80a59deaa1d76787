"""What the text files hold and what the corpus hands out: frozen rows, no Django, no queries."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

ALL_YEAR = tuple(range(1, 13))


@dataclass(frozen=True, slots=True)
class Community:
    """A community of the district and its street (statistical codes)."""

    code: str
    name: str
    street_code: str
    street: str


@dataclass(frozen=True, slots=True)
class Template:
    """A resident's text with slots in braces; `months` are those in which somebody would write it."""

    topic: str
    title: str
    text: str
    months: tuple[int, ...] = ALL_YEAR
    level: str = ""
    units: tuple[str, ...] = ()
    place: str = ""


@dataclass(frozen=True, slots=True)
class Several:
    """A resident's text that asks for several things, and what is answered to each."""

    category: str
    title: str
    text: str
    place: str
    answer_class: str
    points: tuple[str, ...]
    answers: tuple[str, ...]
    months: tuple[int, ...] = ALL_YEAR


@dataclass(frozen=True, slots=True)
class ReplyTemplate:
    """The body of a reply letter; without `topics` it fits every matter of its category."""

    answer_class: str
    text: str
    topics: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Supplement:
    """What intake asked and what the resident added."""

    question: str
    answer: str


@dataclass(frozen=True, slots=True)
class Walkin:
    """A matter raised and answered at the station's desk."""

    category: str
    title: str
    question: str
    answer: str
    months: tuple[int, ...] = ALL_YEAR


@dataclass(frozen=True, slots=True)
class Publication:
    """A closed case as the public reads it: no names, no house numbers."""

    title: str
    summary: str
    topics: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Category:
    """One file of the texts folder. What is built `outdoor` is never promised for the frost months."""

    code: str
    label: str
    units: tuple[str, ...]
    section: str
    outdoor: bool
    levels: Mapping[str, int]
    months: tuple[int, ...]
    places: tuple[str, ...]
    templates: tuple[Template, ...]
    replies: tuple[ReplyTemplate, ...]
    supplements: tuple[Supplement, ...]
    walkins: tuple[Walkin, ...]
    publications: tuple[Publication, ...]
    comments: tuple[str, ...]
    dissatisfied: tuple[str, ...]
    thanks: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Draft:
    """What a resident sends, and how intake would grade and send it on.

    `units` are handling-unit codes, most likely first. `slots` keeps the values that were filled in, so
    that a supplement or a neighbour's text speaks of the same house. What asks for several things has
    `points`, for each the answer it will get, and the class of that reply.
    """

    category: str
    topic: str
    title: str
    text: str
    place: str
    community: str
    community_code: str
    level: str
    units: tuple[str, ...]
    slots: Mapping[str, str] = field(default_factory=dict, compare=False, repr=False)
    points: tuple[str, ...] = ()
    answers: tuple[str, ...] = ()
    answer_class: str = ""


@dataclass(frozen=True, slots=True)
class Reply:
    """A reply letter. `promised` is the last day of what a class-B letter promises, else None.

    `promise` is the sentence of the letter that says so.
    """

    answer_class: str
    text: str
    promised: date | None = None
    promise: str = ""


@dataclass(frozen=True, slots=True)
class Decline:
    """A matter outside the remit: the words, the ground (N01-N11), the explanation and where to go."""

    code: str
    category: str
    title: str
    text: str
    explanation: str
    where: str
    months: tuple[int, ...] = ALL_YEAR
    community_code: str = ""


@dataclass(frozen=True, slots=True)
class Transfer:
    """A matter for another body: a district's name, 12345, or the petition office."""

    body: str
    category: str
    title: str
    text: str
    explanation: str
    months: tuple[int, ...] = ALL_YEAR
    community_code: str = ""


@dataclass(frozen=True, slots=True)
class ReturnCase:
    """Why a unit asks to give a case back, and the unit code it proposes."""

    category: str
    reason: str
    unit: str


@dataclass(frozen=True, slots=True)
class Dispute:
    """The record of the visit after a second dissatisfied rating, and how the head concludes.

    `noted` says that deputies take the matter up for a suggestion of their own, else it was explained.
    """

    visit: str
    conclusion: str
    noted: bool
