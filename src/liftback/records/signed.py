"""Links that carry their own right: signed, for one purpose each. Whether a link still holds is for the thing's state.

A link for one purpose is none for another, because the purpose is part of what is signed.
"""

from __future__ import annotations

from django.core.signing import BadSignature, Signer

_SPACE = "liftback.link"


def link_token(purpose: str, value: str) -> str:
    """The part of an address that stands for `value`, for this purpose alone."""
    return Signer(salt=f"{_SPACE}.{purpose}").sign(value).replace(":", ".")


def value_of(purpose: str, token: str) -> str | None:
    """What a token stands for; None for one that is forged, cut short, or made for another purpose."""
    value, _, signature = token.rpartition(".")
    try:
        return str(Signer(salt=f"{_SPACE}.{purpose}").unsign(f"{value}:{signature}"))
    except BadSignature:
        return None
