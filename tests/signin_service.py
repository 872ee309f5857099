"""A municipality's sign-in service over HTTP on loopback: real keys, real tokens, and its lies."""

from __future__ import annotations

import base64
import hashlib
import json
import secrets
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any
from urllib.parse import parse_qs, parse_qsl, urlencode, urlsplit

import jwt
from cryptography.hazmat.primitives.asymmetric import rsa

CLIENT, SECRET = "bra", "the service's secret"


@dataclass
class SignInService:
    """Says who `email` is. `lies` replace what an id token says; `key` is what it signs with."""

    email: str = "gunilla@kommun.example"
    verified: bool = True
    lies: dict[str, Any] = field(default_factory=dict)
    key: rsa.RSAPrivateKey = field(
        default_factory=lambda: rsa.generate_private_key(public_exponent=65537, key_size=2048)
    )
    signs_with: rsa.RSAPrivateKey | None = None
    asked: dict[str, dict[str, str]] = field(default_factory=dict)
    issuer: str = ""

    def told(self) -> dict[str, str]:
        at = {
            name: f"{self.issuer}/{path}"
            for name, path in (
                ("authorization_endpoint", "ask"), ("token_endpoint", "token"),
                ("jwks_uri", "keys"), ("userinfo_endpoint", "who"),
            )
        }  # fmt: skip
        return {"issuer": self.issuer, **at}

    def keys(self) -> dict[str, Any]:
        public = json.loads(jwt.algorithms.RSAAlgorithm.to_jwk(self.key.public_key()))
        return {"keys": [public | {"kid": "1", "alg": "RS256", "use": "sig"}]}

    def who(self) -> dict[str, Any]:
        subject = hashlib.sha256(self.email.encode()).hexdigest()[:16]
        return {"sub": subject, "email": self.email, "email_verified": self.verified}

    def signed_in(self, address: str) -> str:
        """As the person's browser: asked, answered, and sent back with a code."""
        query = dict(parse_qsl(urlsplit(address).query))
        code = secrets.token_hex(8)
        self.asked[code] = query
        return f"{query['redirect_uri']}?{urlencode({'code': code, 'state': query['state']})}"

    def token(self, form: dict[str, str]) -> dict[str, Any]:
        query, now = self.asked.pop(form["code"]), int(time.time())
        hashed = hashlib.sha256(form.get("code_verifier", "").encode()).digest()
        proof = base64.urlsafe_b64encode(hashed).rstrip(b"=").decode()
        assert (form["client_secret"], proof) == (SECRET, query["code_challenge"])
        said = {
            "iss": self.issuer, "aud": CLIENT, "iat": now, "exp": now + 300,
            "auth_time": now, "nonce": query.get("nonce", ""), **self.who(),
        }  # fmt: skip
        said = {name: value for name, value in (said | self.lies).items() if value is not None}
        signed = jwt.encode(said, self.signs_with or self.key, "RS256", headers={"kid": "1"})
        return {"access_token": "x", "token_type": "Bearer", "id_token": signed}


@contextmanager
def running(service: SignInService) -> Iterator[SignInService]:
    class Answers(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            paths = {
                "/.well-known/openid-configuration": service.told,
                "/keys": service.keys,
                "/who": service.who,
            }
            self.say(paths[urlsplit(self.path).path]())

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"])).decode()
            self.say(service.token({k: v[0] for k, v in parse_qs(body).items()}))

        def say(self, told: dict[str, Any]) -> None:
            content = json.dumps(told).encode()
            self.send_response(200)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, *args: Any) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Answers)
    service.issuer = f"http://127.0.0.1:{server.server_address[1]}"
    Thread(target=server.serve_forever, daemon=True).start()
    yield service
    server.shutdown()
    server.server_close()
