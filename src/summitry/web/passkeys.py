"""Passkeys (WebAuthn Level 2): a device of somebody holds a private key, the accounts hold its public half.

A challenge is used once, within a few minutes, and by the browser that asked for it.
"""

import hashlib
import json
import threading
import time
from typing import Any, Final

import webauthn
from webauthn.helpers import bytes_to_base64url
from webauthn.helpers.exceptions import WebAuthnException
from webauthn.helpers.structs import (
    AuthenticatorSelectionCriteria,
    PublicKeyCredentialDescriptor,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)

from summitry.errors import UsageError
from summitry.web.accounts import Account, Passkey
from summitry.web.identity import Identity

_SECONDS: Final = 300.0
_MOST: Final = 10_000  # challenges that are waited for at a time; the oldest go first


class Passkeys:
    """Asks for proofs and checks them, for one server."""

    def __init__(self, identity: Identity) -> None:
        self.identity = identity
        self._asked: dict[str, float] = {}
        self._guard = threading.Lock()

    def offer(self, account: Account) -> tuple[dict[str, Any], str]:
        """What a browser needs to make a passkey for an account, and the challenge in it."""
        options = webauthn.generate_registration_options(
            rp_id=self.identity.host, rp_name="Summitry", user_name=account.name, user_id=_user(account.name),
            authenticator_selection=AuthenticatorSelectionCriteria(
                resident_key=ResidentKeyRequirement.REQUIRED, user_verification=UserVerificationRequirement.REQUIRED
            ),
            exclude_credentials=[
                PublicKeyCredentialDescriptor(webauthn.base64url_to_bytes(one.id)) for one in account.passkeys
            ],
        )  # fmt: skip
        return json.loads(webauthn.options_to_json(options)), self._remember(options.challenge)

    def made(self, challenge: str, answer: dict[str, Any], made: str, note: str) -> Passkey:
        """The passkey that a browser made. Raises UsageError if it is none, or not for that challenge."""
        self._spend(challenge)
        try:
            found = webauthn.verify_registration_response(
                credential=answer, expected_challenge=webauthn.base64url_to_bytes(challenge), require_user_verification=True,
                expected_rp_id=self.identity.host, expected_origin=self.identity.origin,
            )  # fmt: skip
        except (WebAuthnException, ValueError, KeyError, TypeError) as error:
            raise UsageError(f"This is no passkey for this server: {error}") from error
        key = bytes_to_base64url(found.credential_public_key)
        return Passkey(bytes_to_base64url(found.credential_id), key, found.sign_count, made, note)

    def ask(self) -> tuple[dict[str, Any], str]:
        """What a browser needs to prove that it has a passkey, whoever's it is; and the challenge in it."""
        options = webauthn.generate_authentication_options(
            rp_id=self.identity.host, user_verification=UserVerificationRequirement.REQUIRED
        )
        return json.loads(webauthn.options_to_json(options)), self._remember(options.challenge)

    def proved(self, challenge: str, answer: dict[str, Any], known: Passkey) -> int:
        """How often the passkey was used, now that it has proved itself. Raises UsageError if it has not."""
        self._spend(challenge)
        try:
            found = webauthn.verify_authentication_response(
                credential=answer, expected_challenge=webauthn.base64url_to_bytes(challenge), require_user_verification=True,
                expected_rp_id=self.identity.host, expected_origin=self.identity.origin,
                credential_public_key=webauthn.base64url_to_bytes(known.key), credential_current_sign_count=known.count,
            )  # fmt: skip
        except (WebAuthnException, ValueError, KeyError, TypeError) as error:
            raise UsageError(f"The passkey did not prove itself: {error}") from error
        return found.new_sign_count

    def _remember(self, challenge: bytes) -> str:
        name = bytes_to_base64url(challenge)
        with self._guard:
            self._asked[name] = time.monotonic()
            while len(self._asked) > _MOST:
                del self._asked[next(iter(self._asked))]
        return name

    def _spend(self, challenge: str) -> None:
        with self._guard:
            asked = self._asked.pop(challenge, None)
        if asked is None or time.monotonic() - asked > _SECONDS:
            raise UsageError("That took too long; please try again.")


def _user(name: str) -> bytes:
    """What stands for an account on a device: at most 64 bytes, and no name (Level 2, 14.6.1)."""
    return hashlib.sha256(name.encode()).digest()


__all__ = ["Passkeys"]
