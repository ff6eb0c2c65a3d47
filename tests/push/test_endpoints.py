"""Where the server may send: to push services only, whatever a browser claims."""

import pytest

from journal.push import endpoints


@pytest.mark.parametrize(
    "endpoint",
    [
        "https://fcm.googleapis.com/fcm/send/c1:APA91",
        "https://updates.push.services.mozilla.com/wpush/v2/gAAA",
        "https://web.push.apple.com/QGuQ",
        "https://wns2-par02p.notify.windows.com/w/?token=BQYAAAC%2b",
        "https://fcm.googleapis.com:443/fcm/send/c1",
    ],
)
def test_the_push_services_of_the_browsers_are_allowed(endpoint):
    assert endpoints.is_allowed(endpoint)


@pytest.mark.parametrize(
    "endpoint",
    [
        "",
        "https://",
        "http://fcm.googleapis.com/fcm/send/c1",
        "https://fcm.googleapis.com:8443/",
        "https://fcm.googleapis.com:99999/",
        "https://fcm.googleapis.com.example.org/",
        "https://evilfcm.googleapis.com/",
        "https://fcm.googleapis.com@example.org/",
        "https://example.org@fcm.googleapis.com/",
        "https://example.org/#fcm.googleapis.com",
        "https://example.org\\@fcm.googleapis.com/",
        "https://fcm.googleapis.com\\.example.org/",
        "https://push.apple.com/",
        "https://.push.apple.com/",
        "https://evilpush.apple.com/",
        "https://localhost/",
        "https://127.0.0.1/",
        "https://[::1]/",
        "https://169.254.169.254/latest/meta-data/",
        "https://2130706433/",
        "https://fcm.googleapis.com/a b",
        "https://fcm.googleapis.com/a\r\nHost: example.org",
        "https://fcm.googleapis.com/\N{SNOWMAN}",
        "https://fcm\N{FULLWIDTH FULL STOP}googleapis.com/",
        "file:///etc/passwd",
        "javascript:alert(1)",
    ],
)
def test_nothing_else_is(endpoint):
    assert not endpoints.is_allowed(endpoint)


@pytest.mark.parametrize(
    "address",
    [
        *("127.0.0.1", "10.0.0.1", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1"),
        *("0.0.0.0", "224.0.0.1", "255.255.255.255", "::1", "::", "fe80::1", "fe80::1%eth0"),
        *("fc00::1", "fd12::1", "ff02::1", "::ffff:127.0.0.1", "::ffff:10.0.0.1"),
    ],
)
def test_a_name_that_leads_into_a_private_network_is_refused(address, monkeypatch):
    """As a server of names may answer for a host of the list."""
    found = [(2, 1, 6, "", (address, 443))]
    monkeypatch.setattr("socket.getaddrinfo", lambda *_asked, **_how: found)
    with pytest.raises(endpoints.NotPublic):
        endpoints.address_of("fcm.googleapis.com", 443)


def test_the_connection_goes_to_the_address_that_was_looked_up(monkeypatch):
    found = [(2, 1, 6, "", (address, 443)) for address in ("10.0.0.1", "142.250.1.95")]
    monkeypatch.setattr("socket.getaddrinfo", lambda *_asked, **_how: found)
    assert endpoints.address_of("fcm.googleapis.com", 443) == "142.250.1.95"
