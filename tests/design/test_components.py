"""The shared parts: text is shown as typed, errors lead to their field, pages work with nothing given."""

import re

import pytest
from django import forms
from django.core.paginator import Paginator
from django.template.loader import render_to_string
from django.test import RequestFactory

from congress_portal.styleguide import styleguide

MARKUP = "<b>&</b>"


class Form(forms.Form):
    title = forms.CharField(label="Title", help_text="One sentence")
    colour = forms.ChoiceField(widget=forms.RadioSelect, choices=[("r", "Red"), ("g", "Green")])
    agree = forms.BooleanField(label="I agree")


def part(name: str, **context: object) -> str:
    return render_to_string(f"components/{name}.html", context)


def ids_in(html: str) -> set[str]:
    return set(re.findall(r'\sid="([^"]+)"', html))


def test_the_style_guide_shows_every_part() -> None:
    for query in ("", "?errors=1"):
        response = styleguide(RequestFactory().get(f"/styleguide/{query}"))
        assert response.status_code == 200


def test_a_field_keeps_what_was_typed_and_escapes_it() -> None:
    html = part("field", field=Form({"title": MARKUP})["title"])
    assert 'value="&lt;b&gt;&amp;&lt;/b&gt;"' in html
    assert MARKUP not in html


@pytest.mark.parametrize("name", ["title", "colour", "agree"])
def test_a_field_names_its_hint_and_error_to_a_screen_reader(name: str) -> None:
    html = part("field", field=Form({})[name])
    referred = {
        target for value in re.findall(r'aria-describedby="([^"]+)"', html) for target in value.split()
    }
    assert f"id_{name}_error" in referred
    assert referred <= ids_in(html)


def test_the_error_summary_leads_to_every_field() -> None:
    form = Form({})
    links = set(re.findall(r'href="#([^"]+)"', part("error_summary", form=form)))
    assert links == {"id_title", "id_colour", "id_agree"}
    assert links <= ids_in(part("form_fields", form=form))


def test_there_is_no_error_summary_without_errors() -> None:
    assert part("error_summary", form=Form()).strip() == ""


@pytest.mark.parametrize(
    ("name", "context"),
    [
        ("letter", {"text": MARKUP}),
        ("timeline", {"entries": [{"what": MARKUP, "text": MARKUP, "who": MARKUP}]}),
        ("summary_list", {"rows": [(MARKUP, MARKUP)]}),
        ("queue_row", {"title": MARKUP, "place": MARKUP, "url": "/"}),
        ("notice", {"text": MARKUP, "title": MARKUP}),
        ("card", {"title": MARKUP, "text": MARKUP, "url": "/"}),
        ("table", {"rows": [[{"text": MARKUP}]], "headers": [MARKUP]}),
        ("steps", {"steps": [(MARKUP, "current")]}),
    ],
)
def test_text_of_people_never_becomes_markup(name: str, context: dict[str, object]) -> None:
    html = part(name, **context)
    assert "&lt;b&gt;" in html
    assert "<b>" not in html


def test_a_bar_without_a_figure_draws_nothing() -> None:
    assert "<progress" not in part("bar", label="A", value=None, text="—")
    assert '<progress max="100" value="87.5"' in part("bar", label="A", value=87.5, text="87.50%")


def test_turning_the_page_keeps_the_filter() -> None:
    request = RequestFactory().get("/?q=heating&page=1")
    html = render_to_string("components/pagination.html", {"page": Paginator(range(30), 10).page(2)}, request)
    assert set(re.findall(r'href="([^"]+)"', html)) == {"?q=heating&amp;page=1", "?q=heating&amp;page=3"}


def test_the_last_resort_page_needs_nothing() -> None:
    assert "<h1>" in render_to_string("500.html")
