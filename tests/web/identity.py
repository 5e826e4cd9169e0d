"""A city's identity server on loopback: OpenID Connect with a code, PKCE, tokens, and whoever it is told to be."""

from __future__ import annotations

import base64
import hashlib
import json
import secrets
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlencode, urlsplit

import jwt

CLIENT, SECRET = "kotsukotsu", "a-secret-of-the-test-that-is-long-enough"


class Identity:
    """The server.

    Attributes
    ----------
    person : dict
        Claims of whoever sits before it; None refuses the sign-in, as a person who cancels.
    audience : str
        For whom its tokens are made out.
    tells, more : dict
        What its description and what it says of a person has besides, or otherwise; None tells nothing readable.
    """

    def __init__(self):
        self.person, self.audience, self.codes = {}, CLIENT, {}
        self.tells, self.more = {}, {}
        identity = self

        class Answer(BaseHTTPRequestHandler):
            def do_GET(self):
                identity.get(self)

            def do_POST(self):
                identity.post(self)

            def log_message(self, *_):
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Answer)
        self.address = f"http://127.0.0.1:{self.server.server_port}"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def close(self):
        self.server.shutdown()
        self.server.server_close()

    @property
    def settings(self):
        """What an installation writes into its file."""
        return {
            "provider_id": "city", "name": "庁内の認証基盤", "client_id": CLIENT, "secret": SECRET,
            "settings": {"server_url": self.address},
        }  # fmt: skip

    def get(self, answer):
        asked = urlsplit(answer.path)
        given = {name: values[0] for name, values in parse_qs(asked.query).items()}
        if asked.path == "/.well-known/openid-configuration":
            places = {"authorization_endpoint": "authorize", "token_endpoint": "token", "userinfo_endpoint": "userinfo"}
            named = {name: f"{self.address}/{place}" for name, place in places.items()}
            told = {"issuer": self.address, "jwks_uri": f"{self.address}/keys", **named}
            self.say(answer, "" if self.tells is None else {**told, **self.tells})
        elif asked.path == "/authorize":
            self.authorize(answer, given)
        elif asked.path == "/userinfo" and answer.headers["Authorization"] == "Bearer access":
            self.say(answer, {**self.person, **self.more})
        else:
            answer.send_error(404)

    def authorize(self, answer, given):
        assert (given["client_id"], given["response_type"]) == (CLIENT, "code")
        assert "openid" in given["scope"].split()
        back = {"state": given["state"]}
        if self.person is None:
            back["error"] = "access_denied"
        else:
            back["code"] = secrets.token_hex(8)
            self.codes[back["code"]] = (given["code_challenge"], given["redirect_uri"])
        answer.send_response(302)
        answer.send_header("Location", f"{given['redirect_uri']}?{urlencode(back)}")
        answer.end_headers()

    def post(self, answer):
        body = answer.rfile.read(int(answer.headers["Content-Length"])).decode()
        given = {name: values[0] for name, values in parse_qs(body).items()}
        challenge, redirect_uri = self.codes.pop(given.get("code"), (None, None))
        digest = hashlib.sha256(given.get("code_verifier", "").encode()).digest()
        proved = base64.urlsafe_b64encode(digest).decode().rstrip("=") == challenge
        known = (given.get("client_id"), given.get("client_secret")) == (CLIENT, SECRET)
        if not (known and proved and redirect_uri == given["redirect_uri"]):
            answer.send_error(400)
            return
        now = int(time.time())
        claims = {**self.person, "iss": self.address, "aud": self.audience, "iat": now, "exp": now + 60}
        token = jwt.encode(claims, SECRET, algorithm="HS256")
        self.say(answer, {"access_token": "access", "token_type": "Bearer", "expires_in": 60, "id_token": token})

    def say(self, answer, body):
        data = json.dumps(body).encode()
        answer.send_response(200)
        answer.send_header("Content-Type", "application/json")
        answer.send_header("Content-Length", str(len(data)))
        answer.end_headers()
        answer.wfile.write(data)
