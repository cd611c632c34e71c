"""Start the server: what `summitry serve` calls."""

import threading
import webbrowser
from pathlib import Path

import uvicorn

from summitry.web.app import create_app
from summitry.web.settings import Settings, is_loopback


def serve(
    record_location: str | Path | None,
    host: str = "127.0.0.1",
    port: int = 8400,
    open_browser: bool = True,
    public: bool = False,
    settings: Settings | None = None,
) -> None:
    """Serve the record until interrupted. `settings` may say more; whether it is loopback follows from `host`.

    Raises RecordError if the record cannot be opened.
    """
    given = settings or Settings(public=public)
    chosen = Settings(**{name: getattr(given, name) for name in Settings.__struct_fields__} | {
        "loopback": is_loopback(host), "warm": True, "public": public or given.public})  # fmt: skip
    application = create_app(record_location, chosen)
    if open_browser and chosen.loopback:
        shown = f"[{host}]" if ":" in host else host
        opening = threading.Timer(1.0, webbrowser.open, [f"http://{shown}:{port}/"])
        opening.daemon = True
        opening.start()
    uvicorn.run(application, host=host, port=port, log_level="warning", server_header=False, limit_concurrency=200)


__all__ = ["is_loopback", "serve"]
