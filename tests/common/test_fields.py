import pytest
from cryptography.fernet import Fernet
from django.core.exceptions import FieldError, ImproperlyConfigured
from django.db import connection, models

from congress_portal.common import checks
from congress_portal.common.fields import EncryptedTextField, FieldKeyError, blind_index

OLD, NEW, FOREIGN = (Fernet.generate_key().decode() for _ in range(3))
PHONE = "13812345678"


class Secret(models.Model):  # noqa: DJ008  only for these tests
    text = EncryptedTextField(null=True)

    class Meta:
        app_label = "common"
        managed = False
        db_table = "test_secret"


@pytest.fixture
def secrets(db, settings):
    settings.FIELD_KEYS = [OLD]
    with connection.cursor() as cursor:
        cursor.execute(
            "CREATE TABLE test_secret (id SERIAL PRIMARY KEY, text TEXT)" if _postgres() else SQLITE
        )
    return Secret.objects


SQLITE = "CREATE TABLE test_secret (id INTEGER PRIMARY KEY AUTOINCREMENT, text TEXT)"


def _postgres() -> bool:
    return connection.vendor == "postgresql"


def _stored() -> list[str | None]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT text FROM test_secret ORDER BY id")
        return [row[0] for row in cursor.fetchall()]


def test_what_is_stored_cannot_be_read_and_what_is_read_is_what_was_written(secrets):
    secrets.create(text="𬱖先生 13812345678")
    assert secrets.get().text == "𬱖先生 13812345678"
    # Five digits: three may stand in any sealed text by chance.
    assert "13812" not in _stored()[0]
    assert _stored()[0].startswith("gAAAA")


def test_nothing_and_empty_text_stay_as_they_are(secrets):
    secrets.bulk_create([Secret(text=None), Secret(text="")])
    assert _stored() == [None, ""]
    assert list(secrets.order_by("id").values_list("text", flat=True)) == [None, ""]
    assert secrets.filter(text__isnull=True).count() == 1


def test_updates_of_every_kind_encrypt(secrets):
    row = secrets.create(text="first")
    secrets.update(text="second")
    assert secrets.get().text == "second"
    row.text = "third"
    secrets.bulk_update([row], ["text"])
    assert secrets.get().text == "third"
    assert _stored()[0].startswith("gAAAA")


def test_a_wrong_key_fails_loudly_and_never_gives_the_ciphertext(secrets, settings):
    secrets.create(text=PHONE)
    settings.FIELD_KEYS = [FOREIGN]
    with pytest.raises(FieldKeyError) as raised:
        secrets.get()
    assert "gAAAA" not in str(raised.value)


def test_plain_text_in_the_column_fails_too(secrets):
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO test_secret (text) VALUES ('13812345678')")
    with pytest.raises(FieldKeyError):
        secrets.get()


def test_a_new_key_in_front_keeps_old_rows_readable(secrets, settings):
    secrets.create(text="old row")
    settings.FIELD_KEYS = [NEW, OLD]
    secrets.create(text="new row")
    assert list(secrets.order_by("id").values_list("text", flat=True)) == ["old row", "new row"]
    settings.FIELD_KEYS = [NEW]
    assert secrets.last().text == "new row"


def test_looking_up_an_encrypted_value_is_refused_instead_of_finding_nothing(secrets):
    for lookup in ({"text": PHONE}, {"text__contains": "138"}, {"text__in": [PHONE]}):
        with pytest.raises(FieldError):
            secrets.filter(**lookup).exists()


def test_one_number_has_one_blind_index_however_it_is_written(settings):
    settings.FIELD_KEYS = [OLD]
    assert blind_index("138 1234 5678") == blind_index("+86-１３８12345678") == blind_index(PHONE)
    assert blind_index(PHONE) != blind_index("13812345679")
    assert len(blind_index(PHONE)) == 64
    assert blind_index("") == ""


def test_the_blind_index_survives_a_new_key_and_depends_on_the_oldest(settings):
    settings.FIELD_KEYS = [OLD]
    before = blind_index(PHONE)
    settings.FIELD_KEYS = [NEW, OLD]
    assert blind_index(PHONE) == before
    settings.FIELD_KEYS = [NEW]
    assert blind_index(PHONE) != before


# Named, because the keys are new in every process and parallel workers must agree on the names.
@pytest.mark.parametrize(
    "keys",
    [[], ["short"], [OLD, "x" * 44], [OLD, OLD], OLD],
    ids=["none", "short", "one bad", "twice", "text instead of list"],
)
def test_a_bad_key_is_reported_at_the_start_without_showing_it(settings, keys):
    settings.FIELD_KEYS = keys
    errors = checks.check_field_keys()
    assert {error.id for error in errors} == {"common.E001"}
    assert not any(OLD in error.msg or "xxx" in error.msg for error in errors)


def test_good_keys_pass_the_check(settings):
    settings.FIELD_KEYS = [NEW, OLD]
    assert checks.check_field_keys() == []


def test_writing_with_a_bad_key_is_refused(secrets, settings):
    settings.FIELD_KEYS = ["short"]
    with pytest.raises(ImproperlyConfigured):
        secrets.create(text=PHONE)


def test_a_cache_too_small_to_count_attempts_is_warned_of(settings):
    backend = "django.core.cache.backends.db.DatabaseCache"
    settings.CACHES = {"default": {"BACKEND": backend, "LOCATION": "cache"}}
    assert [warning.id for warning in checks.check_cache_size()] == ["common.W001"]
    settings.CACHES = {"default": {"BACKEND": backend, "OPTIONS": {"MAX_ENTRIES": 100_000}}}
    assert checks.check_cache_size() == []
