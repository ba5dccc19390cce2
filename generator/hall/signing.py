"""Ed25519 keys: made, read, and used to sign manifests."""

from __future__ import annotations

import base64
import os
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_pem_private_key,
)


class WrongKey(Exception):
    """A key file cannot be used; the message says why."""


def read_key(file: Path) -> Ed25519PrivateKey:
    """Return the private key of a PEM file; raise `WrongKey` for anything else."""
    try:
        key = load_pem_private_key(file.read_bytes(), password=None)
    except OSError as error:
        raise WrongKey(f"读不出密钥文件 {file}：{error.strerror}。") from error
    except TypeError:  # how the library says that a password is needed
        raise WrongKey(f"密钥文件 {file} 有密码，请改用没有密码的密钥。") from None
    except Exception as error:  # the library raises many kinds for what is no key
        raise WrongKey(f"{file} 不是 PEM 格式的私钥。用 tongchuang hall key FILE 可以新做一对。") from error
    if not isinstance(key, Ed25519PrivateKey):
        raise WrongKey(f"密钥文件 {file} 不是 Ed25519 密钥。用 tongchuang hall key FILE 可以新做一对。")
    return key


def signature_of(manifest: bytes, key: Ed25519PrivateKey) -> bytes:
    """Return the signature of a manifest in base64, with a newline at the end."""
    return base64.b64encode(key.sign(manifest)) + b"\n"


def make_key_pair(file: Path) -> Path:
    """Write a new private key to a file that only its owner reads, and the public key beside it; return the latter.

    Raises `WrongKey` where either file is there already: machines that trust the old key would refuse all that follows.
    """
    public = file.with_name(f"{file.name}.pub")
    if there := next((path for path in (file, public) if path.exists()), None):
        raise WrongKey(f"{there} 已经有了，没有动它。")
    key = Ed25519PrivateKey.generate()
    private_text = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    public_text = key.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
    for path, text, mode in ((file, private_text, 0o600), (public, public_text, 0o644)):
        # Made with its mode, so that there is no moment at which others could read it.
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode), "wb") as stream:
            stream.write(text)
    return public
