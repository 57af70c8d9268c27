"""Who a request comes from: its peer, or what a proxy that we trust says."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address

Address = IPv4Address | IPv6Address
Network = IPv4Network | IPv6Network
Headers = list[tuple[bytes, bytes]]

# Nobody behind us has a use for these, and from a peer that is no proxy they are lies.
FORWARDED = (b"forwarded", b"x-forwarded-", b"x-real-ip")


@dataclass(frozen=True)
class Origin:
    address: str
    # Whether the browser's own connection was encrypted.
    is_secure: bool


def origin_of(peer: str, headers: Headers, trusted: Sequence[Network]) -> Origin:
    """The right-most address of X-Forwarded-For that is no proxy of ours, for requests that come from one of them."""
    address = parse_address(peer)
    if address is None or not is_trusted(address, trusted):
        return Origin(peer, is_secure=False)
    for text in reversed(_values(headers, b"x-forwarded-for")):
        hop = parse_address(text)
        if hop is None:
            break
        address = hop
        if not is_trusted(hop, trusted):
            break
    scheme = _values(headers, b"x-forwarded-proto")[-1:]
    return Origin(str(address), is_secure=scheme == ["https"])


def without_forwarded(headers: Headers) -> Headers:
    """The headers, less those that only a proxy may say."""
    return [(name, value) for name, value in headers if not name.lower().startswith(FORWARDED)]


def parse_address(text: str) -> Address | None:
    """An address as proxies write it, with or without a port; IPv4 in the clothes of IPv6 is IPv4."""
    text = text.strip()
    if text.startswith("["):
        text = text[1:].partition("]")[0]
    elif text.count(":") == 1:
        text = text.partition(":")[0]
    try:
        address = ip_address(text.partition("%")[0])
    except ValueError:
        return None
    return (address.ipv4_mapped or address) if isinstance(address, IPv6Address) else address


def is_trusted(address: Address, trusted: Sequence[Network]) -> bool:
    return any(address in network for network in trusted)


def _values(headers: Headers, wanted: bytes) -> list[str]:
    lines = [value.decode("latin-1") for name, value in headers if name.lower() == wanted]
    return [part.strip() for line in lines for part in line.split(",")]
