"""The hosts of the browsers' push services; `*.` stands for any host below."""

HOSTS = (
    "fcm.googleapis.com",
    "*.push.services.mozilla.com",
    "*.push.apple.com",
    "*.notify.windows.com",
)
