"""Where the server may send notifications: to the push services of the browsers, and nowhere else.

A browser names the address (endpoint) of its push service, so anyone who is signed in can name any
address. The server connects only to hosts on an allow-list, by HTTPS, and only at addresses of the
public internet: a name that leads into the server's own network is refused when it is looked up,
and the connection goes to the address that was looked up.
"""

import ipaddress
import socket
from urllib.parse import urlsplit

from django.conf import settings

LONGEST = 1000  # characters of an endpoint
HTTPS = 443


class NotPublic(OSError):
    """A host of the allow-list that has no address on the public internet."""


def is_allowed(endpoint: str) -> bool:
    """Whether it is an https address of a push service that this installation knows."""
    try:
        parts = urlsplit(endpoint)
        port = parts.port or HTTPS
    except ValueError:
        return False
    if parts.scheme != "https" or parts.username is not None or parts.fragment:
        return False
    if not endpoint.isascii() or not endpoint.isprintable() or " " in endpoint:
        return False
    host = f"{parts.hostname or ''}{'' if port == HTTPS else f':{port}'}"
    return any(_matches(host, pattern) for pattern in settings.PUSH_HOSTS)


def _matches(host: str, pattern: str) -> bool:
    """A pattern is a host, or `*.` and the end of one; with its port if that isn't 443."""
    if pattern.startswith("*."):
        return host.endswith(pattern[1:]) and len(host) >= len(pattern)
    return host == pattern


def address_of(host: str, port: int) -> str:
    """The first public address of a host. Raises NotPublic, or OSError if there is no such host."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    for *_family, (address, *_port) in found:
        if settings.PUSH_TO_OWN_NETWORK or is_public(str(address)):
            return str(address)
    raise NotPublic


def is_public(address: str) -> bool:
    ip = ipaddress.ip_address(address.partition("%")[0])
    ip = getattr(ip, "ipv4_mapped", None) or ip
    return ip.is_global and not ip.is_multicast
