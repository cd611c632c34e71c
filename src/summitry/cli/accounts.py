"""`account`: who may sign in to the server, and the tokens of people and programs."""

import getpass
from pathlib import Path
from typing import Annotated

import typer

from summitry.cli import output
from summitry.cli.app import app
from summitry.errors import UsageError

group = typer.Typer(help="Say who may sign in to the server, and make, list and revoke tokens.", no_args_is_help=True)
app.add_typer(group, name="account")
File = Annotated[
    Path | None, typer.Option("--accounts", metavar="FILE", envvar="SUMMITRY_ACCOUNTS", help="The file of accounts.")
]
Name = Annotated[str, typer.Argument(help="Of a person or a program.")]


def file_of(path: Path | None) -> Path:
    """The file of accounts. Raises UsageError if none is named."""
    if path is None:
        raise UsageError("Name the file of accounts with --accounts FILE or SUMMITRY_ACCOUNTS.")
    return path


def noted(path: Path, event: str, about: str, note: str = "") -> None:
    """Write into the audit log beside the accounts what the user of this machine did."""
    from summitry.web.audit import Audit

    Audit(path).note(event, getpass.getuser(), about, note)


@group.command()
def add(
    name: Name,
    role: Annotated[str, typer.Option(help="reader, reviewer, editor or admin.")] = "reader",
    scope: Annotated[str | None, typer.Option(help="The token may be used for no more than this role may.")] = None,
    expires: Annotated[str | None, typer.Option(metavar="DAY", help="The last day of the token.")] = None,
    note: Annotated[str, typer.Option(help="What the token is for.")] = "",
    accounts: File = None,
) -> None:
    """Give somebody a role and a new token, and print the token: nobody can read it again.

    Example: summitry account add Rita --role reviewer --accounts accounts.json
    """
    from summitry.web import accounts as kept

    secret = kept.add(file_of(accounts), name, role, scope=scope, expires=expires, note=note)
    noted(file_of(accounts), "account", name, role)
    output.write(secret + "\n")


@group.command("list")
def list_(accounts: File = None) -> None:
    """Print the accounts: name, role, and a line for each token or passkey with its id, scope, last day and note.

    Example: summitry account list --accounts accounts.json
    """
    from summitry.web import accounts as kept

    for one in kept.listed(file_of(accounts)):
        lines = [(token.id, token.scope, token.expires or "", token.note) for token in one.tokens]
        lines += [(key.id, "passkey", "", key.note) for key in one.passkeys]
        for cells in lines or [("", "", "", "")]:
            output.write("\t".join((one.name, one.role, *cells)) + "\n")


@group.command()
def revoke(
    token: Annotated[
        str, typer.Argument(metavar="ID", help="The id of a token or passkey, as `account list` shows it.")
    ],
    accounts: File = None,
) -> None:
    """Make a token worthless, at once and also for a server that is running; the account stays.

    Example: summitry account revoke 3f9a2b1c --accounts accounts.json
    """
    from summitry.web import accounts as kept

    kept.revoke(file_of(accounts), token)
    noted(file_of(accounts), "token-revoked", token)


@group.command()
def remove(name: Name, accounts: File = None) -> None:
    """Take an account away, with all its tokens; whoever is signed in with it is out.

    Example: summitry account remove Rita --accounts accounts.json
    """
    from summitry.web import accounts as kept

    kept.remove(file_of(accounts), name)
    noted(file_of(accounts), "account-removed", name)
