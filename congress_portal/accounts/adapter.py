"""Where people land after signing in, and who may make an account."""

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest


class AccountAdapter(DefaultAccountAdapter):
    def is_open_for_signup(self, request: HttpRequest) -> bool:
        # Residents may keep their cases together under an account; staff accounts are made in the admin.
        return True
