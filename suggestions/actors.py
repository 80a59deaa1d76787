"""Who acts: a signed-in person, the holder of a number and query code, or the system itself."""

from dataclasses import dataclass

from congress_portal.accounts.models import User


@dataclass(frozen=True, slots=True)
class Actor:
    """`holder_of`: the id of the one suggestion whose number and code were shown in this session."""

    user: User | None = None
    holder_of: int | None = None
    is_system: bool = False

    @property
    def person(self) -> User:
        """The signed-in person; for actions whose roles only people hold."""
        assert self.user is not None, "the table gives this action to people only"
        return self.user


SYSTEM = Actor(is_system=True)
