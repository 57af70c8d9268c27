"""Where the server is and who calls: from arguments, the environment, or the file that `chroma-sdk login` writes."""

from __future__ import annotations

import json
import os
from dataclasses import dataclass, field
from pathlib import Path

import httpx

from chroma_sdk._errors import ConfigurationError


@dataclass(frozen=True)
class Credentials:
    """The server's address and a token; the token does not show in the repr."""

    url: str
    token: str = field(repr=False)


def find_credentials(url: str | None, token: str | None) -> Credentials:
    """Take each from its argument, else from CHROMA_URL and CHROMA_TOKEN, else from what login saved.

    A saved token is only used for the address that it was saved with, so that no other server ever sees it.
    """
    saved = load_login()
    url = url or os.environ.get("CHROMA_URL") or (saved.url if saved else None)
    if not url:
        raise ConfigurationError(
            "No address of a Chroma server: give Client(url=…), set CHROMA_URL, or run `chroma-sdk login`."
        )
    url = check_url(url)
    token = token or os.environ.get("CHROMA_TOKEN") or (saved.token if saved and saved.url == url else None)
    if not token:
        raise ConfigurationError(
            f"No token for {url}: give Client(token=…), set CHROMA_TOKEN, or run `chroma-sdk login`. "
            "Tokens are made on your account page."
        )
    if not token.isascii() or not token.isprintable() or " " in token:
        raise ConfigurationError("The token holds spaces or other odd characters: copy it anew from your account page.")
    return Credentials(url=url, token=token)


def check_url(url: str) -> str:
    """Return the address without a trailing slash, or say what is wrong with it."""
    try:
        parsed = httpx.URL(url)
    except (httpx.InvalidURL, TypeError):
        parsed = httpx.URL()
    if parsed.scheme not in {"http", "https"} or not parsed.host or not 0 < (parsed.port or 80) < 65536:
        raise ConfigurationError(f"The address must look like http://127.0.0.1:8000, got {_shown(url)}.")
    if parsed.userinfo:
        raise ConfigurationError("The address may hold no user name or password; a token says who you are.")
    return url.rstrip("/")


def login_file() -> Path:
    """Where the login is kept."""
    folder = os.environ.get("XDG_CONFIG_HOME") or Path.home() / ".config"
    return Path(folder) / "chroma-sdk" / "login.json"


def save_login(credentials: Credentials) -> Path:
    """Write address and token so that only this user can read them (mode 0600)."""
    path = login_file()
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    draft = path.with_suffix(".new")
    draft.unlink(missing_ok=True)
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as file:
        json.dump({"url": credentials.url, "token": credentials.token}, file)
    draft.replace(path)
    return path


def load_login() -> Credentials | None:
    """Read what login saved, if anything."""
    path = login_file()
    try:
        saved = json.loads(path.read_text(encoding="utf-8"))
        return Credentials(url=saved["url"], token=saved["token"])
    except FileNotFoundError:
        return None
    except (ValueError, KeyError, TypeError) as problem:
        raise ConfigurationError(f"{path} is not a saved login: run `chroma-sdk login` again.") from problem


def _shown(url: object) -> str:
    """Show what was given as an address; never a token that was given in its place."""
    if isinstance(url, str) and "chr_" in url:
        return "a token"
    return repr(url[:80] if isinstance(url, str) else url)[:90]
