"""Key files: a person's signing key wrapped with a passphrase, and a machine's own key.

A person's key file is one flat JSON object, the same in the browser (WebCrypto) and here; octets
are base64url without padding:

``format`` "hudun-key-1" · ``name`` · ``kid`` and ``person``, numbers or null until a roster gives
them · ``rights`` as asked for (a hint: the roster decides) · ``public`` 32 octets (Ed25519) ·
``kdf`` "PBKDF2-HMAC-SHA256" · ``iterations`` 600000 · ``salt`` 16 octets · ``nonce`` 12 octets ·
``ciphertext`` 48 octets: AES-256-GCM of the 32-octet seed, tag at the end, no associated data.

A machine (terminal, desk, dispatcher) has nobody to type a passphrase: its file is
``{"format": "hudun-machine-key-1", "public": …, "seed": …}``, readable by its owner alone.
"""

from __future__ import annotations

import json
import os
import secrets
from base64 import urlsafe_b64decode, urlsafe_b64encode
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.pbkdf2 import PBKDF2HMAC

PERSON_FORMAT, MACHINE_FORMAT = "hudun-key-1", "hudun-machine-key-1"
KDF, ITERATIONS = "PBKDF2-HMAC-SHA256", 600_000
MOST_ITERATIONS = 10_000_000  # a hostile file must not hang the program


class BadKeyFile(ValueError):
    """The file is not a key file of this program."""


class WrongPassphrase(ValueError):
    """The passphrase does not open the key, or the file was changed."""


@dataclass(frozen=True, slots=True)
class KeyFile:
    """A person's key as it lies on their own computer."""

    name: str
    public: bytes
    salt: bytes
    nonce: bytes
    ciphertext: bytes
    kid: int | None = None
    person: int | None = None
    rights: int = 0
    iterations: int = ITERATIONS

    @classmethod
    def wrap(cls, key: Ed25519PrivateKey, passphrase: str, name: str, rights: int = 0) -> KeyFile:
        salt, nonce = secrets.token_bytes(16), secrets.token_bytes(12)
        secret = AESGCM(_wrapping_key(passphrase, salt, ITERATIONS)).encrypt(
            nonce, key.private_bytes_raw(), None
        )
        public = key.public_key().public_bytes_raw()
        return cls(name, public, salt, nonce, secret, rights=rights, iterations=ITERATIONS)

    def unlock(self, passphrase: str) -> Ed25519PrivateKey:
        wrapping = AESGCM(_wrapping_key(passphrase, self.salt, self.iterations))
        try:
            seed = wrapping.decrypt(self.nonce, self.ciphertext, None)
        except InvalidTag as error:
            raise WrongPassphrase("口令不对，或钥文件被改动") from error
        key = Ed25519PrivateKey.from_private_bytes(seed)
        if key.public_key().public_bytes_raw() != self.public:
            raise WrongPassphrase("钥文件被改动：公钥与私钥不是一对")
        return key

    def rewrap(self, old: str, new: str) -> KeyFile:
        fresh = self.wrap(self.unlock(old), new, self.name, self.rights)
        return replace(fresh, kid=self.kid, person=self.person)

    def to_json(self) -> str:
        fields = {
            name: to_text(value) if isinstance(value, bytes) else value
            for name, value in asdict(self).items()
        }
        whole = {"format": PERSON_FORMAT, "kdf": KDF, **fields}
        return json.dumps(whole, ensure_ascii=False, indent=1) + "\n"

    @classmethod
    def from_json(cls, text: str) -> KeyFile:
        whole = _parse(text, PERSON_FORMAT)
        try:
            if whole.pop("kdf") != KDF:
                raise BadKeyFile("不认识的口令算法")
            sizes = {"public": 32, "salt": 16, "nonce": 12, "ciphertext": 48}
            whole |= {name: from_text(whole[name], size) for name, size in sizes.items()}
            key = cls(**whole)
        except (KeyError, TypeError) as error:
            raise BadKeyFile("钥文件的内容不全或多了内容") from error
        if type(key.iterations) is not int or not 0 < key.iterations <= MOST_ITERATIONS:
            raise BadKeyFile("口令算法的次数不合理")
        return key

    @classmethod
    def read(cls, path: str | Path) -> KeyFile:
        return cls.from_json(Path(path).read_text())

    def write(self, path: str | Path) -> None:
        write_private(path, self.to_json())


def new_machine_key(path: str | Path) -> Ed25519PrivateKey:
    """Make and keep the key of a terminal, a desk or a dispatcher; never over an old one."""
    key = Ed25519PrivateKey.generate()
    write_private(path, machine_key_json(key), new=True)
    return key


def read_machine_key(path: str | Path) -> Ed25519PrivateKey:
    whole = _parse(Path(path).read_text(), MACHINE_FORMAT)
    key = Ed25519PrivateKey.from_private_bytes(from_text(whole.get("seed"), 32))
    if from_text(whole.get("public"), 32) != key.public_key().public_bytes_raw():
        raise BadKeyFile("钥文件的公钥与私钥不是一对")
    return key


def machine_key_json(key: Ed25519PrivateKey) -> str:
    public = to_text(key.public_key().public_bytes_raw())
    seed = to_text(key.private_bytes_raw())
    return json.dumps({"format": MACHINE_FORMAT, "public": public, "seed": seed}, indent=1) + "\n"


def write_private(path: str | Path, text: str, *, new: bool = False) -> None:
    """Write a file only its owner can read, whole or not at all; ``new`` never replaces one."""
    path = Path(path)
    if new and path.exists():
        raise FileExistsError(f"{path} 已存在")
    temporary = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    handle = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    temporary.replace(path)


def to_text(octets: bytes) -> str:
    """base64url without padding, as in every file of this program."""
    return urlsafe_b64encode(octets).rstrip(b"=").decode()


def from_text(text: object, size: int | None = None) -> bytes:
    """The octets behind ``to_text``; BadKeyFile unless there are ``size`` of them."""
    try:
        octets = urlsafe_b64decode(str(text) + "=" * (-len(str(text)) % 4))
    except ValueError as error:
        raise BadKeyFile("不是 base64url 文本") from error
    if not isinstance(text, str) or (size is not None and len(octets) != size):
        raise BadKeyFile("字节数不对")
    return octets


def _parse(text: str, expected: str) -> dict[str, Any]:
    try:
        whole = json.loads(text)
    except ValueError as error:
        raise BadKeyFile("不是 JSON 文件") from error
    if not isinstance(whole, dict) or whole.pop("format", None) != expected:
        raise BadKeyFile("不是这种钥文件")
    return whole


def _wrapping_key(passphrase: str, salt: bytes, iterations: int) -> bytes:
    return PBKDF2HMAC(SHA256(), 32, salt, iterations).derive(passphrase.encode())
