"""Alerts: dispatch opens them, a person takes note."""

from hudun.affairs.soundings.flow import AlertFlow
from hudun.affairs.soundings.models import Alert
from hudun.core.action import Act, action
from hudun.core.live.announce import announce


@action("soundings.acknowledge_alert", moves=AlertFlow.acknowledge)
def acknowledge_alert(act: Act, alert: Alert) -> Alert:
    alert.acknowledged_by, alert.acknowledged_at = act.actor.user, act.now
    alert.save(update_fields=["acknowledged_by", "acknowledged_at"])
    announce("alerts", alert.organ, {"alert": str(alert.pk), "state": alert.state})
    return alert
