from collections.abc import Iterator
from types import SimpleNamespace

import pytest

from congress_portal.common import clock
from stations.models import ReceptionSession

from .days import NOW, make_day


@pytest.fixture(autouse=True)
def _frozen() -> Iterator[None]:
    with clock.frozen(NOW):
        yield


@pytest.fixture
def day(cast: SimpleNamespace) -> ReceptionSession:
    return make_day(cast)
