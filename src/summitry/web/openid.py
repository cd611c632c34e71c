"""Sign in at an identity provider: OpenID Connect Core 1.0, the authorization code flow with PKCE (RFC 7636).

`begin` gives the address to send somebody to and what to remember of them until they come back; `end` takes what they
came back with and says what the provider calls them. Nothing is asked from the provider before somebody wants to sign in.
"""

import threading
import time
from typing import Any, Final

from authlib.common.security import generate_token
from authlib.integrations.base_client import OAuthError
from authlib.integrations.httpx_client import OAuth2Client
from authlib.oidc.core import CodeIDToken
from httpx2 import HTTPError
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet
from joserfc.jws import JWSRegistry

from summitry.errors import InputError, UsageError
from summitry.web.identity import Begun, Identity, Provider

ALGORITHMS: Final = ("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA")
_SECONDS: Final = 10.0  # that the provider has for an answer
_DAY: Final = 24 * 3600.0  # for which its description is kept
_LEEWAY: Final = 60  # seconds by which its clock may differ from ours


class OpenId:
    """One provider, as this server sees it."""

    def __init__(self, identity: Identity, provider: Provider) -> None:
        self.provider = provider
        self.back = f"{identity.origin}/sign-in/provider/back"
        self._guard = threading.Lock()
        self._described: tuple[float, dict[str, Any]] | None = None

    def begin(self) -> tuple[str, Begun]:
        """Where somebody proves who they are, and what to remember until then. Raises InputError if it cannot be reached."""
        begun = Begun(generate_token(32), generate_token(32), generate_token(48))
        with self._client() as client:
            address, _ = client.create_authorization_url(
                self._description(client)["authorization_endpoint"], state=begun.state, nonce=begun.nonce,
                code_verifier=begun.verifier,
            )  # fmt: skip
        return str(address), begun

    def end(self, begun: Begun, given: dict[str, str]) -> str:
        """The name of whoever came back with `given`. Raises UsageError if it proves nothing, InputError if asking fails."""
        if given.get("state") != begun.state:
            raise UsageError("This sign-in was not begun here, or too long ago; please try again.")
        if "code" not in given:
            raise UsageError(f"{self.provider.name} did not sign you in: {given.get('error', 'no reason given')}.")
        with self._client() as client:
            description = self._description(client)
            try:
                token = client.fetch_token(
                    description["token_endpoint"], code=given["code"], code_verifier=begun.verifier
                )
                return self._named(self._claims(client, description, token, begun.nonce))
            except (HTTPError, OAuthError, JoseError, ValueError) as error:
                raise UsageError(f"{self.provider.name} did not prove who you are: {error}.") from error

    def _claims(
        self, client: OAuth2Client, description: dict[str, Any], token: dict[str, Any], nonce: str
    ) -> dict[str, Any]:
        """What the ID token says, once signature, issuer, audience, times and nonce are right (Core 1.0, 3.1.3.7)."""
        answer = client.request("GET", description["jwks_uri"], withhold_token=True)
        answer.raise_for_status()
        registry = JWSRegistry(algorithms=list(ALGORITHMS), strict_check_header=False)
        signed = jwt.decode(str(token.get("id_token", "")), KeySet.import_key_set(answer.json()), registry=registry)
        rules = {
            "iss": {"essential": True, "value": description["issuer"]},
            "aud": {"essential": True, "value": self.provider.client},
            "nonce": {"essential": True, "value": nonce},
        }
        own = {"nonce": nonce, "client_id": self.provider.client, "access_token": token.get("access_token")}
        claims = CodeIDToken(signed.claims, signed.header, rules, own)
        claims.validate(leeway=_LEEWAY)
        return dict(claims)

    def _named(self, claims: dict[str, Any]) -> str:
        """What the account is called. An address that the provider has not verified could be anybody's."""
        value = claims.get(self.provider.claim)
        if not isinstance(value, str) or not value.strip():
            raise UsageError(f"{self.provider.name} does not say what {self.provider.claim!r} is.")
        if self.provider.claim == "email" and claims.get("email_verified") is not True:
            raise UsageError(f"{self.provider.name} has not verified the address {value}.")
        return value.strip()

    def _client(self) -> OAuth2Client:
        return OAuth2Client(
            self.provider.client, self.provider.secret, scope="openid profile email", redirect_uri=self.back,
            code_challenge_method="S256", timeout=_SECONDS,
            token_endpoint_auth_method="client_secret_basic" if self.provider.secret else "none",  # noqa: S106
        )  # fmt: skip

    def _description(self, client: OAuth2Client) -> dict[str, Any]:
        """What the provider says of itself (Discovery 1.0), kept for a day."""
        with self._guard:
            if self._described and time.monotonic() - self._described[0] < _DAY:
                return self._described[1]
        issuer = self.provider.issuer.rstrip("/")
        try:
            answer = client.request("GET", f"{issuer}/.well-known/openid-configuration", withhold_token=True)
            answer.raise_for_status()
            found: dict[str, Any] = answer.json()
        except (HTTPError, ValueError) as error:
            raise InputError(f"{self.provider.name} cannot be reached: {error}.") from error
        needed = ("issuer", "authorization_endpoint", "token_endpoint", "jwks_uri")
        if not all(isinstance(found.get(one), str) for one in needed) or found["issuer"].rstrip("/") != issuer:
            raise InputError(f"{self.provider.name} describes itself in a way that does not fit its address.")
        with self._guard:
            self._described = time.monotonic(), found
        return found


__all__ = ["OpenId"]
