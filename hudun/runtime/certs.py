"""The office's certificate authority, server certificates and device certificates (X.509, P-256).

`hudun certs` makes them in one folder: ``ca.pem`` (to be installed on phones, computers and
terminals), ``ca.key`` (stays here), ``server.pem`` and ``server.key``, ``<name>.pem`` and
``<name>.key`` per device.
"""

from __future__ import annotations

import argparse
import ssl
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import load_pem_private_key
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from hudun.runtime.keys import write_private

AUTHORITY_LIFE, SERVER_LIFE = timedelta(days=3650), timedelta(days=397)
DEVICE_LIFE = timedelta(days=3650)  # nobody climbs a roof once a year for a certificate
CLOCK_SKEW = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class TlsFiles:
    """What one end of a TLS connection shows, and whom it believes."""

    ca: Path
    certificate: Path
    key: Path

    @classmethod
    def of(cls, directory: Path, name: str) -> TlsFiles:
        return cls(directory / "ca.pem", directory / f"{name}.pem", directory / f"{name}.key")


@dataclass(frozen=True, slots=True)
class Authority:
    """The office's own certificate authority in a folder."""

    directory: Path
    certificate: x509.Certificate
    key: ec.EllipticCurvePrivateKey

    @classmethod
    def create(cls, directory: Path, office: str) -> Authority:
        """Make a new authority; FileExistsError where there is one: its clients trust it."""
        directory.mkdir(parents=True, exist_ok=True)
        key = ec.generate_private_key(ec.SECP256R1())
        subject = _name(f"{office} 护盾根证书")
        builder = _builder(subject, subject, key.public_key(), AUTHORITY_LIFE)
        builder = builder.add_extension(x509.BasicConstraints(ca=True, path_length=0), True)
        builder = builder.add_extension(_AUTHORITY_USAGE, True)
        certificate = builder.sign(key, hashes.SHA256())
        write_private(directory / "ca.key", _pem(key), new=True)
        (directory / "ca.pem").write_bytes(_public_pem(certificate))
        return cls(directory, certificate, key)

    @classmethod
    def load(cls, directory: Path) -> Authority:
        key = load_pem_private_key((directory / "ca.key").read_bytes(), None)
        if not isinstance(key, ec.EllipticCurvePrivateKey):
            raise TypeError("ca.key 不是 P-256 私钥")
        certificate = x509.load_pem_x509_certificate((directory / "ca.pem").read_bytes())
        return cls(directory, certificate, key)

    def server(self, hosts: list[str]) -> TlsFiles:
        """A certificate for every name and address a client may type."""
        names = x509.SubjectAlternativeName([_general_name(host) for host in hosts])
        return self._issue("server", hosts[0], SERVER_LIFE, ExtendedKeyUsageOID.SERVER_AUTH, names)

    def device(self, name: str) -> TlsFiles:
        """A client certificate; its common name is the account at the broker."""
        names = x509.SubjectAlternativeName([x509.DNSName(name)])
        return self._issue(name, name, DEVICE_LIFE, ExtendedKeyUsageOID.CLIENT_AUTH, names)

    def _issue(
        self,
        file: str,
        common_name: str,
        life: timedelta,
        usage: x509.ObjectIdentifier,
        names: x509.SubjectAlternativeName,
    ) -> TlsFiles:
        key = ec.generate_private_key(ec.SECP256R1())
        builder = _builder(_name(common_name), self.certificate.subject, key.public_key(), life)
        builder = builder.add_extension(x509.BasicConstraints(ca=False, path_length=None), True)
        builder = builder.add_extension(x509.ExtendedKeyUsage([usage]), False)
        builder = builder.add_extension(names, False)
        authority = x509.AuthorityKeyIdentifier.from_issuer_public_key(self.key.public_key())
        certificate = builder.add_extension(authority, False).sign(self.key, hashes.SHA256())
        files = TlsFiles.of(self.directory, file)
        write_private(files.key, _pem(key))
        files.certificate.write_bytes(_public_pem(certificate))
        return files


def server_context(files: TlsFiles, *, ask_clients: bool = False) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    context.load_cert_chain(files.certificate, files.key)
    if ask_clients:
        context.load_verify_locations(files.ca)
        context.verify_mode = ssl.CERT_REQUIRED
    return context


def client_context(ca: Path, own: TlsFiles | None = None) -> ssl.SSLContext:
    """Believes this office's authority and no other."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    context.load_verify_locations(ca)
    if own is not None:
        context.load_cert_chain(own.certificate, own.key)
    return context


def main(argv: list[str]) -> int:
    """`hudun certs`: the authority once, then a server certificate and devices as asked."""
    words = _parser().parse_args(argv)
    directory: Path = words.dir
    fresh = not (directory / "ca.pem").exists()
    authority = Authority.create(directory, words.office) if fresh else Authority.load(directory)
    if fresh:
        print(f"新建根证书 {directory / 'ca.pem'}；ca.key 只留在本机，勿外传")
    if words.hosts:
        print(f"服务器证书 {authority.server(words.hosts).certificate}：{'、'.join(words.hosts)}")
    for name in words.device:
        print(f"设备证书 {authority.device(name).certificate}")
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser("hudun certs", description="本单位的证书")
    parser.add_argument("hosts", nargs="*", metavar="主机", help="服务器的名称与地址，第一个为主名")
    parser.add_argument("--dir", type=Path, default=Path("var/certs"), help="证书目录")
    parser.add_argument("--office", default="人防办", help="写进根证书的单位名称")
    parser.add_argument("--device", action="append", default=[], metavar="编号", help="设备证书")
    return parser


_AUTHORITY_USAGE = x509.KeyUsage(
    key_cert_sign=True,
    crl_sign=True,
    digital_signature=False,
    content_commitment=False,
    key_encipherment=False,
    data_encipherment=False,
    key_agreement=False,
    encipher_only=False,
    decipher_only=False,
)


def _builder(
    subject: x509.Name, issuer: x509.Name, public: ec.EllipticCurvePublicKey, life: timedelta
) -> x509.CertificateBuilder:
    today = datetime.now(UTC)  # OpenSSL checks against the machine's clock, so this is no other
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(public)
        .serial_number(x509.random_serial_number())
        .not_valid_before(today - CLOCK_SKEW)
        .not_valid_after(today + life - CLOCK_SKEW)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(public), False)
    )


def _name(common_name: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, common_name)])


def _general_name(host: str) -> x509.GeneralName:
    try:
        return x509.IPAddress(ip_address(host))
    except ValueError:
        return x509.DNSName(host)


def _pem(key: ec.EllipticCurvePrivateKey) -> str:
    return key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    ).decode()


def _public_pem(certificate: x509.Certificate) -> bytes:
    return certificate.public_bytes(serialization.Encoding.PEM)
