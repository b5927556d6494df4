"""`hudun web`: pages, API and live streams."""

import argparse

import uvicorn
from django.conf import settings

from hudun.core.processes.heartbeat import heartbeat


def main(argv: list[str]) -> int:
    options = _parser().parse_args(argv)
    secure = bool(options.cert)
    if secure:
        settings.SESSION_COOKIE_SECURE = settings.CSRF_COOKIE_SECURE = True
    with heartbeat("web"):
        uvicorn.run(
            "hudun.asgi:application",
            host=options.host,
            port=options.port,
            ssl_certfile=options.cert,
            ssl_keyfile=options.key,
            lifespan="off",
            ws="none",
            log_level="warning",
            timeout_graceful_shutdown=3,  # live pages never end by themselves
        )
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="hudun web", description="网页进程")
    parser.add_argument("--host", default="127.0.0.1", help="监听地址（默认只在本机）")
    parser.add_argument("--port", type=int, default=8000)
    parser.add_argument("--cert", help="服务器证书；手机和其他电脑访问必须使用 HTTPS")
    parser.add_argument("--key", help="证书私钥")
    return parser
