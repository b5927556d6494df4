from __future__ import annotations

import json
import stat
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from hudun.runtime import keys
from hudun.runtime.keys import BadKeyFile, KeyFile, WrongPassphrase


@pytest.fixture(scope="module")
def key() -> Ed25519PrivateKey:
    return Ed25519PrivateKey.generate()


@pytest.fixture(scope="module")
def wrapped(key: Ed25519PrivateKey) -> KeyFile:
    return KeyFile.wrap(key, "天心 区 42", "李科长", rights=1)


def test_the_passphrase_opens_it_and_no_other_does(
    key: Ed25519PrivateKey, wrapped: KeyFile
) -> None:
    assert wrapped.unlock("天心 区 42").private_bytes_raw() == key.private_bytes_raw()
    with pytest.raises(WrongPassphrase):
        wrapped.unlock("天心区42")


def test_a_file_is_read_as_it_was_written_and_by_its_owner_alone(
    wrapped: KeyFile, tmp_path: Path
) -> None:
    path = tmp_path / "li.key"
    wrapped.write(path)
    assert KeyFile.read(path) == wrapped
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert [entry.name for entry in tmp_path.iterdir()] == ["li.key"]


def test_the_file_does_not_show_the_seed(key: Ed25519PrivateKey, wrapped: KeyFile) -> None:
    assert keys.to_text(key.private_bytes_raw()) not in wrapped.to_json()


def test_a_new_passphrase_replaces_the_old_and_nothing_else(wrapped: KeyFile) -> None:
    fresh = wrapped.rewrap("天心 区 42", "新口令")
    assert (fresh.name, fresh.public, fresh.rights) == (wrapped.name, wrapped.public, 1)
    assert fresh.unlock("新口令").public_key().public_bytes_raw() == wrapped.public
    assert fresh.salt != wrapped.salt
    with pytest.raises(WrongPassphrase):
        fresh.unlock("天心 区 42")


def test_another_public_key_put_into_the_file_is_noticed(wrapped: KeyFile) -> None:
    whole = json.loads(wrapped.to_json())
    whole["public"] = keys.to_text(bytes(32))
    with pytest.raises(WrongPassphrase):
        KeyFile.from_json(json.dumps(whole)).unlock("天心 区 42")


@pytest.mark.parametrize(
    "change",
    [{"format": "other"}, {"kdf": "scrypt"}, {"iterations": 10**12}, {"salt": "AA"},
     {"nonce": 7}, {"ciphertext": None}, {"extra": 1}],
    ids=str,
)  # fmt: skip
def test_a_strange_file_is_refused(wrapped: KeyFile, change: dict[str, object]) -> None:
    with pytest.raises(BadKeyFile):
        KeyFile.from_json(json.dumps(json.loads(wrapped.to_json()) | change))


def test_a_machine_key_is_kept_once(tmp_path: Path) -> None:
    path = tmp_path / "7.key"
    made = keys.new_machine_key(path)
    assert keys.read_machine_key(path).private_bytes_raw() == made.private_bytes_raw()
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    with pytest.raises(FileExistsError):
        keys.new_machine_key(path)


def test_what_is_not_a_machine_key_is_refused(wrapped: KeyFile, tmp_path: Path) -> None:
    path = tmp_path / "key"
    wrapped.write(path)
    with pytest.raises(BadKeyFile):
        keys.read_machine_key(path)
