"""The signed id_token that LinkedIn adds when `openid` was asked for: RS256 with a key made at start.

Textbook RSA over the standard library: enough for a practice network whose key guards nothing.
"""

from __future__ import annotations

import base64
import hashlib
import json
import random
from functools import cache
from typing import Any

_PUBLIC_EXPONENT = 65537
_SHA256_PREFIX = bytes.fromhex("3031300d060960864801650304020105000420")
_PRIME_BITS = 512


def _b64(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).decode("ascii").rstrip("=")


def _is_prime(candidate: int, source: random.Random) -> bool:
    """Miller-Rabin, 24 rounds."""
    odd, twos = candidate - 1, 0
    while odd % 2 == 0:
        odd, twos = odd // 2, twos + 1
    for _ in range(24):
        value = pow(source.randrange(2, candidate - 1), odd, candidate)
        if value in (1, candidate - 1):
            continue
        for _ in range(twos - 1):
            value = value * value % candidate
            if value == candidate - 1:
                break
        else:
            return False
    return True


def _prime(source: random.Random) -> int:
    while True:
        candidate = source.getrandbits(_PRIME_BITS) | (3 << (_PRIME_BITS - 2)) | 1
        fits = candidate % _PUBLIC_EXPONENT != 1 and all(candidate % small for small in (3, 5, 7, 11, 13, 17))
        if fits and _is_prime(candidate, source):
            return candidate


@cache
def _key() -> tuple[int, int]:
    """(modulus, private exponent), one per process."""
    source = random.SystemRandom()
    first, second = _prime(source), _prime(source)
    return first * second, pow(_PUBLIC_EXPONENT, -1, (first - 1) * (second - 1))


def _bytes(number: int) -> bytes:
    return number.to_bytes((number.bit_length() + 7) // 8, "big")


def sign(claims: dict[str, Any]) -> str:
    """A compact JWT with these claims."""
    modulus, private = _key()
    head = {"alg": "RS256", "kid": "practice", "typ": "JWT"}
    signed = ".".join(_b64(json.dumps(part, separators=(",", ":")).encode()) for part in (head, claims))
    digest = _SHA256_PREFIX + hashlib.sha256(signed.encode("ascii")).digest()
    size = (modulus.bit_length() + 7) // 8
    padded = b"\x00\x01" + b"\xff" * (size - len(digest) - 3) + b"\x00" + digest
    signature = pow(int.from_bytes(padded, "big"), private, modulus).to_bytes(size, "big")
    return f"{signed}.{_b64(signature)}"


def public_keys() -> dict[str, Any]:
    """The key set as `/oauth/openid/jwks` answers it."""
    key = {"kty": "RSA", "alg": "RS256", "use": "sig", "kid": "practice"}
    return {"keys": [{**key, "n": _b64(_bytes(_key()[0])), "e": _b64(_bytes(_PUBLIC_EXPONENT))}]}
