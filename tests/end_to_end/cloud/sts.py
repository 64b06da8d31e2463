"""GitHub's tokens and the STS that takes them: signature, issuer, audience, times and subject are all checked."""

import base64
import json
import re
import secrets
import time
from urllib.parse import parse_qs

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding, rsa

from errors import Refused

ISSUER = "https://token.actions.githubusercontent.com"


def encode(data):
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def decode(text):
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


class Tokens:
    """The issuer. A job's request key carries the subject that its event gives it."""

    def __init__(self):
        self.key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
        self.stranger = rsa.generate_private_key(public_exponent=65537, key_size=2048)

    def issue(self, request_key, audience):
        subject = json.loads(decode(request_key))
        now = int(time.time())
        claims = {"iss": ISSUER, "aud": audience, "sub": subject["sub"], "iat": now, "nbf": now - 5,
                  "exp": now + subject.get("lives", 300), **subject.get("claims", {})}
        key = self.stranger if subject.get("forged") else self.key
        body = encode(b'{"alg":"RS256","typ":"JWT"}') + "." + encode(json.dumps(claims).encode())
        return body + "." + encode(key.sign(body.encode(), padding.PKCS1v15(), hashes.SHA256()))

    def claims(self, token):
        parts = token.split(".")
        if len(parts) != 3:
            raise Refused("InvalidIdentityToken", "The token is not a JWT")
        try:
            self.key.public_key().verify(decode(parts[2]), ".".join(parts[:2]).encode(), padding.PKCS1v15(), hashes.SHA256())
        except InvalidSignature as error:
            raise Refused("InvalidIdentityToken", "Couldn't verify the token's signature") from error
        return json.loads(decode(parts[1]))


class Sts:
    def __init__(self, identities, tokens):
        self.identities = identities
        self.tokens = tokens
        self.seconds = None  # how long sessions live, where the scene has no time for what was asked for

    def assume(self, form):
        role = self.identities.roles.get(form["RoleArn"])
        claims = self.tokens.claims(form["WebIdentityToken"])
        if claims["exp"] < time.time():
            raise Refused("ExpiredTokenException", "Token expired")
        if not re.fullmatch(r"[\w+=,.@-]{2,64}", form["RoleSessionName"]):
            raise Refused("ValidationError", "Value at 'roleSessionName' failed to satisfy constraint")
        if not 900 <= int(form.get("DurationSeconds", 3600)) <= 3600:
            raise Refused("ValidationError", "The requested DurationSeconds exceeds the MaxSessionDuration")
        if role is None or claims["iss"] != ISSUER or claims["aud"] != "sts.amazonaws.com" or claims["sub"] not in role["subjects"]:
            raise Refused("AccessDenied", "Not authorized to perform sts:AssumeRoleWithWebIdentity", 403)
        session = {"role": role["arn"], "account": role["account"], "token": secrets.token_urlsafe(40),
                   "secret": secrets.token_urlsafe(30), "expires": time.time() + (self.seconds or int(form.get("DurationSeconds", 3600))),
                   "arn": f"arn:aws:sts::{role['account']}:assumed-role/{role['arn'].rsplit('/', 1)[1]}/{form['RoleSessionName']}"}
        key = "ASIA" + secrets.token_hex(8).upper()
        self.identities.sessions[key] = session
        return (f"<AssumeRoleWithWebIdentityResult><Credentials><AccessKeyId>{key}</AccessKeyId>"
                f"<SecretAccessKey>{session['secret']}</SecretAccessKey><SessionToken>{session['token']}</SessionToken>"
                f"<Expiration>{time.strftime('%Y-%m-%dT%H:%M:%SZ', time.gmtime(session['expires']))}</Expiration></Credentials>"
                f"<AssumedRoleUser><Arn>{session['arn']}</Arn><AssumedRoleId>AROA:x</AssumedRoleId></AssumedRoleUser>"
                "</AssumeRoleWithWebIdentityResult>")

    def answer(self, request):
        form = {name: values[0] for name, values in parse_qs(request.body.decode()).items()}
        action = form.get("Action", "")
        if action == "AssumeRoleWithWebIdentity":
            if request.header("Authorization"):
                raise Refused("AccessDenied", "this call is not signed", 403)
            result = self.assume(form)
        elif action == "GetCallerIdentity":
            session = request.session(self.identities)
            result = (f"<GetCallerIdentityResult><Arn>{session['arn']}</Arn><UserId>AROA:x</UserId>"
                      f"<Account>{session['account']}</Account></GetCallerIdentityResult>")
        else:
            raise Refused("InvalidAction", f"no {action} here")
        return request.xml(f"<{action}Response xmlns=\"https://sts.amazonaws.com/doc/2011-06-15/\">{result}"
                           f"<ResponseMetadata><RequestId>1</RequestId></ResponseMetadata></{action}Response>")
