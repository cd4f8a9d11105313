"""Films on the web: whose they are, and where they can be seen without being watched."""

from __future__ import annotations

import re
from typing import NamedTuple

from coursewright.text.patterns import later

_HOSTS: tuple[tuple[str, re.Pattern[str], str, str], ...] = (
    (
        "YouTube",
        later(
            r"//(?:www\.|m\.)?(?:youtube(?:-nocookie)?\.com/(?:watch\?(?:[^#]*&)?v=|embed/|shorts/|live/|v/)|youtu\.be/)"
            r"([\w-]{6,20})"
        ),
        "https://www.youtube.com/watch?v={}",
        "https://www.youtube-nocookie.com/embed/{}",
    ),
    (
        "Vimeo",
        later(r"//(?:www\.|player\.)?vimeo\.com/(?:video/|channels/\w+/)?(\d{5,12})"),
        "https://vimeo.com/{}",
        "https://player.vimeo.com/video/{}?dnt=1",
    ),
    (
        "PeerTube",
        later(r"//([\w.-]+/(?:videos/(?:watch|embed)|w)/[\w-]{8,40})"),
        "https://{}",
        "",
    ),
    (
        "Microsoft Stream",
        later(r"//((?:web\.microsoftstream\.com|[\w-]+\.sharepoint\.com)/[^\s\"'<>]+)"),
        "https://{}",
        "",
    ),
    (
        "Microsoft Learn",
        later(
            r"//((?:learn|docs)\.microsoft\.com/(?:[\w-]+/)?(?:video|shows|_themes/docs\.theme/\w+/video)[^\s\"'<>]*)"
        ),
        "https://{}",
        "",
    ),
    ("Panopto", later(r"//([\w.-]+\.panopto\.(?:com|eu)/Panopto/Pages/[^\s\"'<>]+)"), "https://{}", ""),
    ("Loom", later(r"//(?:www\.)?loom\.com/(?:share|embed)/(\w{8,40})"), "https://www.loom.com/share/{}", ""),
    ("Wistia", later(r"//([\w-]+\.wistia\.(?:com|net)/[^\s\"'<>]+)"), "https://{}", ""),
    ("Bilibili", later(r"//(?:www\.)?(bilibili\.com/video/\w+)"), "https://www.{}", ""),
    (
        "Dailymotion",
        later(r"//(?:www\.)?dailymotion\.com/(?:embed/)?video/(\w+)"),
        "https://www.dailymotion.com/video/{}",
        "",
    ),
    ("TED", later(r"//(?:www|embed)\.ted\.com/(talks/[\w-]+)"), "https://www.ted.com/{}", ""),
)


class Film(NamedTuple):
    """A film: its host's name, its page, and its address in a frame that sets no cookies, if it has one."""

    host: str
    page: str
    frame: str


def film(address: str) -> Film | None:
    """Return the film of an address, if a known host shows it there; `address` may begin with its slashes."""
    for host, pattern, page, frame in _HOSTS:
        if (place := address.find("//")) >= 0 and (found := pattern.match(address[:2_000], place)):
            return Film(host, page.format(found[1]), frame.format(found[1]) if frame else "")
    return None
