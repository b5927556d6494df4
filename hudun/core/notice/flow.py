"""One attempt to send a message. A row is sent at most once; a further attempt is a further row."""

from hudun.core.flow import Flow, State, move
from hudun.core.organ import Role


class SendingFlow(Flow):
    states = {
        "waiting": State("待发送", "blue", "clock"),
        "sending": State("发送中", "blue", "hourglass"),
        "sent": State("已发送", "green", "circle-check", final=True),
        "failed": State("失败，已另行重试", "orange", "refresh", final=True),
        "lost": State("中断，不知是否送达", "orange", "info-circle", final=True),
        "dead": State("未送达，已停止重试", "red", "alert-triangle"),
        "resent": State("未送达，已人工重发", "secondary", "refresh", final=True),
    }
    resend = move("dead", "resend", "resent", roles={Role.SYSTEM_ADMIN}, label="重新发送")
