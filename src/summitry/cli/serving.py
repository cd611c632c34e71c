"""`serve`: the record as pages and JSON on this machine."""

from pathlib import Path
from typing import Annotated

import typer

from summitry.cli import output
from summitry.cli.app import app
from summitry.cli.opening import settings_of
from summitry.errors import UsageError

Host = Annotated[str, typer.Option(help="Where to listen; anything but this machine itself is for a network.")]
SignIn = Annotated[
    Path | None, typer.Option(metavar="FILE", help="How people sign in beside tokens: an identity provider, passkeys.")
]


Requests = Annotated[
    int, typer.Option(min=0, help="Requests that one address or token may make in a minute; 0: any number.")
]


@app.command()
def serve(
    context: typer.Context,
    host: Host = "127.0.0.1",
    port: Annotated[int, typer.Option(min=0, max=65535, help="The port.")] = 8400,
    browser: Annotated[bool, typer.Option("--browser/--no-browser", help="Open a browser.")] = True,
    public: Annotated[
        bool, typer.Option("--public", help="For strangers: nothing can be changed without signing in.")
    ] = False,
    accounts: Annotated[
        Path | None,
        typer.Option(metavar="FILE", envvar="SUMMITRY_ACCOUNTS", help="Who may sign in: see `account`."),
    ] = None,
    sign_in: SignIn = None,
    name: Annotated[
        list[str] | None,
        typer.Option(metavar="HOST", help="Answer under this name only, e.g. of a proxy; may be repeated."),
    ] = None,
    requests: Requests = 600,
    fetch: Annotated[bool, typer.Option("--fetch", help="Visitors may have pages fetched by their address.")] = False,
    reviewers: Annotated[
        int, typer.Option(min=1, max=2, help="How many people decide on each item of the review queue.")
    ] = 1,
) -> None:
    """Show the record in the browser, and answer programs under /api/v1, until interrupted.

    Example: summitry --record news.db serve --port 8400
    """
    try:
        from summitry import web
    except ModuleNotFoundError as error:
        raise UsageError(f"`serve` needs {error.name}; install it with: pip install 'summitry[web]'") from error
    settings = settings_of(context)
    if not settings.quiet:
        output.say(f"Serving on http://{host}:{port}/ – stop with Ctrl+C.")
    given = web.Settings(
        public=public, accounts=accounts, identity=sign_in, hosts=tuple(name or ()), fetch=fetch, requests=requests,
        reviewers=reviewers,
    )  # fmt: skip
    web.serve(settings.record, host, port, open_browser=browser, settings=given)
