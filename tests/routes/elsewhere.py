"""Addresses that must never become a redirect: each leads to another host, or to a script."""

ELSEWHERE = (
    *("", "evil.example", "http:evil.example", "https://evil.example/", "javascript:alert(1)"),
    *(
        "//evil.example/",
        "///evil.example/",
        "////evil.example/",
        "/\\evil.example",
        "\\/evil.example",
    ),
    *("/\t/evil.example", "\t//evil.example", "/\n/evil.example", "/\r/evil.example"),
    *("\x00//evil.example", "/\x00/evil.example", "/today/\r\nSet-Cookie: a=b", " //evil.example"),
    *("http:///evil.example", "/\t\\evil.example", "\x1f//evil.example", "//evil.example\x7f"),
)
