"""The forms of a change of term: its beginning, its file, who a row is."""

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from congress_portal.common.forms import ClearTextField
from congress_portal.common.sheets.reading import MAX_BYTES, too_large
from deputies.models import Congress, Deputy, TermChange, TermMatch, TermRow
from deputies.resources import plain_key

NEW, OTHER, LATER = "NEW", "OTHER", "LATER"


class SetUpForm(forms.Form):
    old = forms.ModelChoiceField(
        Congress.objects.none(), label=_("Term that ends"), help_text=_("Whose deputies are in office now.")
    )
    ordinal = forms.IntegerField(
        label=_("Number of the next term"), min_value=1, max_value=99, help_text=_("For example 20")
    )
    switch_on = forms.DateField(
        label=_("First day of the new term"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text=_("From this day on everybody sees the new deputies. Until then it can be changed."),
    )

    def __init__(self, *args: Any, change: TermChange | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["old"]
        field.queryset = Congress.objects.filter(frozen_at=None).order_by("level", "area", "-ordinal")
        if change:
            self.initial = {
                "old": change.old_id, "ordinal": change.new.ordinal, "switch_on": change.switch_on,
            }  # fmt: skip


class TermFileForm(forms.Form):
    import_file = forms.FileField(
        label=_("xlsx file"),
        widget=forms.FileInput(attrs={"accept": ".xlsx"}),
        error_messages={"required": _("Choose a file.")},
    )

    def clean_import_file(self) -> UploadedFile:
        upload: UploadedFile = self.cleaned_data["import_file"]
        if (upload.size or 0) > MAX_BYTES:
            raise forms.ValidationError(too_large())
        return upload


class TakeOverForm(forms.Form):
    """Sent by the button under the preview."""

    shelf = forms.RegexField(r"^[0-9a-f]{32}$", widget=forms.HiddenInput)
    fingerprint = forms.RegexField(r"^[0-9a-f]{64}$", widget=forms.HiddenInput)
    file_name = ClearTextField(single_line=True, max_length=200, widget=forms.HiddenInput)


class MatchForm(forms.Form):
    """Who the row is. Choices are the keys of everybody of the name, somebody else, or a new person."""

    who = forms.ChoiceField(label=_("Who is it?"), widget=forms.RadioSelect)
    key = forms.CharField(
        label=_("Key of the other person"), required=False, max_length=20,
        help_text=_("For example D0001; it stands on the person's page. For people who changed their name."),
    )  # fmt: skip

    def __init__(self, *args: Any, row: TermRow, known: list[Deputy], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.known = {person.key: person for person in known}
        if row.deputy and row.deputy.key not in self.known:
            self.known[row.deputy.key] = row.deputy
        field: Any = self.fields["who"]
        field.choices = [
            *((person.key, told_of(person)) for person in self.known.values()),
            (NEW, _("A new person, not in the portal yet")),
            (OTHER, _("Somebody in the portal under another name")),
            (LATER, _("Leave it open for now")),
        ]
        # An open question gets no answer beforehand.
        if row.match != TermMatch.OPEN:
            self.initial["who"] = row.deputy.key if row.deputy else NEW

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or {}
        who = given.get("who")
        given["deputy"] = self.known.get(who or "")
        if who == OTHER:
            key = plain_key(given.get("key", ""))
            given["deputy"] = Deputy.objects.filter(key__iexact=key).first() if key else None
            if given["deputy"] is None:
                self.add_error("key", _now("Nobody has this key. Look it up in the list of deputies."))
        given["match"] = {NEW: TermMatch.NEW, LATER: TermMatch.OPEN}.get(who or "", TermMatch.SAME)
        return given


def told_of(person: Any) -> str:
    """What tells somebody from a namesake; the person went through `candidates.tell`."""
    who = (
        person.key, person.name, person.get_gender_display(), person.organisation, person.position,
        *person.seats, "、".join(person.places),
    )  # fmt: skip
    return " · ".join(part for part in who if part)
