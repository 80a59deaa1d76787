"""Who carries SMS and letters away. An office plugs its own in by SMS_BACKEND (docs/operations.md)."""

import smtplib
import sys
from contextlib import suppress
from functools import lru_cache
from typing import Any, Protocol, cast
from urllib.parse import urlsplit

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.core.mail import EmailMessage, get_connection
from django.utils.module_loading import import_string

from congress_portal.common.masking import mask_phone

CONSOLE = "congress_portal.notices.providers.ConsoleProvider"


class NotSent(Exception):
    """The message certainly did not go out. `final`: trying again would change nothing.

    Whatever else a provider raises (a time-out, a broken connection, a mistake of its own) means that the
    message may have gone out.
    """

    def __init__(self, message: str, *, final: bool = False) -> None:
        super().__init__(message)
        self.final = final


class SmsProvider(Protocol):
    """What SMS_BACKEND names: a class without arguments, one object of which serves a whole process."""

    # Whether a second `send` under the same key sends nothing and answers as the first one did.
    honours_keys: bool

    def send(self, *, phone: str, text: str, key: str) -> str:
        """Hand one SMS over and return the provider's reference for it.

        `phone` is a mobile number of 11 digits, `key` the same 64 hex digits at every try. Must come back,
        one way or the other, well within NOTICE_LEASE_SECONDS.
        """
        ...


class ConsoleProvider:
    """Prints. It remembers nothing, so it honours no keys."""

    honours_keys = False

    def send(self, *, phone: str, text: str, key: str) -> str:
        sys.stdout.write(f"SMS {mask_phone(phone)} {text}\n")
        sys.stdout.flush()
        return ""


def sms() -> SmsProvider:
    """The provider of this process. ImproperlyConfigured for a bad SMS_BACKEND."""
    return _sms(settings.SMS_BACKEND, settings.DEMO)


@lru_cache(maxsize=4)
def _sms(path: str, demo: bool) -> SmsProvider:
    if demo and path != CONSOLE:
        raise ImproperlyConfigured(
            "SMS_BACKEND cannot be used with DEMO=1: invented phone numbers may belong to somebody."
        )
    try:
        provider = import_string(path)()
    except Exception as error:
        raise ImproperlyConfigured(f"SMS_BACKEND={path} cannot be used: {error}") from error
    if not callable(getattr(provider, "send", None)) or not isinstance(
        getattr(provider, "honours_keys", None), bool
    ):
        raise ImproperlyConfigured(f"SMS_BACKEND={path} must have send() and honours_keys, True or False.")
    return cast(SmsProvider, provider)


def send_letter(*, to: str, subject: str, body: str, key: str) -> str:
    """One letter through Django's mail backend; its Message-ID, which is the same at every try.

    No mail server promises to drop the second letter of one Message-ID, so letters honour no keys; a reader's
    program may show them as one.
    """
    message_id = f"<{key[:32]}@{urlsplit(settings.SITE_URL).hostname}>"
    headers = {"Message-ID": message_id, "Auto-Submitted": "auto-generated"}
    try:
        message = EmailMessage(subject, body, to=[to], headers=headers)
        message.message()
        connection: Any = get_connection()
    except ValueError as error:
        raise NotSent(str(error), final=True) from error
    try:
        # Apart from the letter: whatever fails until here, a time-out included, has sent nothing.
        connection.open()
    except Exception as error:
        raise NotSent(f"{type(error).__name__}: {error}") from error
    try:
        if not connection.send_messages([message]):
            raise NotSent("The mail backend took no letter.")
    except smtplib.SMTPRecipientsRefused as error:
        codes = [code for code, _text in error.recipients.values()]
        raise NotSent(str(error), final=all(code >= 500 for code in codes)) from error
    except smtplib.SMTPResponseException as error:
        raise NotSent(str(error), final=error.smtp_code >= 500) from error
    finally:
        # The letter is out or not: a rude good-bye changes nothing.
        with suppress(Exception):
            connection.close()
    return message_id
