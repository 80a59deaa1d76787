from collections.abc import Iterator

import pytest
from django.core.management import call_command
from django.utils import translation
from django.utils.translation import trans_real


@pytest.fixture
def chinese() -> Iterator[None]:
    """Chinese as shipped: the catalogue is compiled first, as `make run` does."""
    call_command("compile_translations", verbosity=0)
    trans_real._translations.clear()
    with translation.override("zh-hans"):
        yield
