"""What the server of a preview gives out of its own, by address, and what each page may do."""

from __future__ import annotations

PAGES = {"/": "player.html.j2", "/compare": "compare.html.j2"}
SCRIPTS = (
    "now",
    "learner",
    "locks",
    "data",
    "units",
    "log",
    "menu",
    "home",
    "lms",
    "panes",
    "player",
    "compare",
    "scorm",
)
PLAYER = {f"/{name}": name for name in (*(f"{script}.js" for script in SCRIPTS), "player.css")}
RUNTIME = {f"/{name}": name for name in ("runtime.html", "runtime.js", "runtime.css", "scorm.js", "lms.css")}
_OWN = (
    "default-src 'none'; script-src 'self'; style-src 'self'; base-uri 'none'; "
    "form-action 'none'; report-uri /blocked; "
)
PLAYER_POLICY = (
    f"{_OWN}img-src 'self' data:; connect-src 'self'; "
    "frame-src 'self' http://*.localhost:{port}; frame-ancestors 'self'"
)
# The frame of a page says where that page may go: this run-time's holds the content, within its own origin.
RUNTIME_POLICY = f"{_OWN}connect-src 'self'; frame-src 'self'; frame-ancestors {{player}}"
PACKAGE_POLICY = (  # a package may do as it likes within itself, and reach no other machine
    "default-src 'self' 'unsafe-inline' 'unsafe-eval' data: blob:; form-action 'self'; base-uri 'self'; "
    "frame-ancestors 'self' {player}; report-uri /blocked"
)
# Pages of an imitated LMS have no script of anybody's, and their forms stay where they are.
SCREEN_POLICY = (
    "default-src 'none'; style-src 'self' 'unsafe-inline'; img-src 'self'; media-src 'self'; frame-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors {player}; report-uri /blocked"
)
LONGEST_REPORT = 64_000
LONGEST_NAME = 300
TYPES = {
    ".css": "text/css",
    ".htm": "text/html",
    ".html": "text/html",
    ".js": "text/javascript",
    ".json": "application/json",
    ".m4a": "audio/mp4",
    ".mjs": "text/javascript",
    ".mp3": "audio/mpeg",
    ".mp4": "video/mp4",
    ".svg": "image/svg+xml",
    ".vtt": "text/vtt",
    ".wasm": "application/wasm",
    ".webm": "video/webm",
    ".webp": "image/webp",
    ".woff": "font/woff",
    ".woff2": "font/woff2",
    ".xhtml": "application/xhtml+xml",
    ".xml": "application/xml",
}
