from __future__ import annotations

import stat

import chroma_sdk as chroma
import pytest
from chroma_sdk._credentials import Credentials, find_credentials, login_file, save_login


def test_arguments_win_over_the_environment_and_that_over_the_login(monkeypatch):
    save_login(Credentials("http://saved.test", "saved"))
    assert find_credentials(None, None) == Credentials("http://saved.test", "saved")

    monkeypatch.setenv("CHROMA_URL", "http://environment.test/")
    monkeypatch.setenv("CHROMA_TOKEN", "environment")
    assert find_credentials(None, None) == Credentials("http://environment.test", "environment")
    assert find_credentials("https://given.test", "given") == Credentials("https://given.test", "given")


def test_a_saved_token_is_never_used_for_another_address():
    save_login(Credentials("http://saved.test", "saved"))
    with pytest.raises(chroma.ConfigurationError, match=r"No token for http://other\.test"):
        chroma.Client("http://other.test")


def test_without_an_address_the_error_says_where_to_give_one():
    with pytest.raises(chroma.ConfigurationError, match="CHROMA_URL"):
        chroma.Client()


@pytest.mark.parametrize("url", ["127.0.0.1:8000", "ftp://chroma.test", "http://", "not an address"])
def test_an_address_that_is_none_is_refused(url):
    with pytest.raises(chroma.ConfigurationError, match=r"must look like http://127\.0\.0\.1:8000"):
        chroma.Client(url, "token")


def test_a_token_copied_with_a_space_is_refused_without_being_shown():
    with pytest.raises(chroma.ConfigurationError) as raised:
        chroma.Client("http://chroma.test", "chr_abc def")
    assert "abc" not in str(raised.value)


def test_only_the_user_can_read_the_saved_login():
    save_login(Credentials("http://saved.test", "first"))
    save_login(Credentials("http://saved.test", "second"))
    assert stat.S_IMODE(login_file().stat().st_mode) == 0o600
    assert find_credentials(None, None).token == "second"


def test_a_broken_login_file_is_named():
    save_login(Credentials("http://saved.test", "saved"))
    login_file().write_text("{")
    with pytest.raises(chroma.ConfigurationError, match=r"login\.json is not a saved login"):
        chroma.Client()


def test_no_repr_shows_the_token():
    client = chroma.Client("http://chroma.test", "chr_secret")
    shown = [repr(client), repr(client._connection), repr(find_credentials("http://chroma.test", "chr_secret"))]
    assert all("chr_secret" not in text for text in shown)
