"""The daily command and the page drawn from the tables."""

from datetime import timedelta
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.utils.translation import override

from congress_portal.common import clock
from suggestions.management.commands import workflow_doc
from tests.conftest import Journey


def test_run_due_says_how_many_it_closed(journey: Journey) -> None:
    journey.replied()
    out = StringIO()
    with clock.frozen(clock.now() + timedelta(days=60)):
        call_command("run_due", stdout=out)
        call_command("run_due", stdout=out)
    said = [line for line in out.getvalue().splitlines() if "closed" in line]
    assert said == [
        "1 cases closed because their time was over",
        "0 cases closed because their time was over",
    ]


def test_the_workflow_page_is_not_stale() -> None:
    call_command("workflow_doc", "--check", stdout=StringIO())


def test_the_workflow_page_is_the_same_whatever_language_is_active() -> None:
    with override("en"):
        english = workflow_doc.document()
    with override("zh-hans"):
        assert workflow_doc.document() == english


def test_a_stale_page_is_named_and_drawn_anew(settings: object, tmp_path: Path) -> None:
    settings.BASE_DIR = tmp_path  # type: ignore[attr-defined]
    page = tmp_path / "docs" / "workflow.md"
    page.parent.mkdir()
    page.write_text("old", encoding="utf-8")
    with pytest.raises(CommandError, match="stale"):
        call_command("workflow_doc", "--check", stdout=StringIO())
    assert page.read_text(encoding="utf-8") == "old"

    call_command("workflow_doc", stdout=StringIO())
    call_command("workflow_doc", "--check", stdout=StringIO())
