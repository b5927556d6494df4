"""赵巡查's street with plates in a running campaign; prints what the phone needs as JSON.

python -m tests.offline.stage
"""

import json
import sys
from datetime import timedelta
from typing import Any

PLATES = 3
TEMPLATE = "siren-patrol"


def main() -> int:
    from hudun.cli import set_up_django

    set_up_django()
    print(json.dumps(set_stage()))
    return 0


def set_stage() -> dict[str, Any]:
    from hudun.core.testing import make_cast, make_stage
    from tests.browser.stage import session_of

    cast = make_cast(make_stage())
    campaign = _campaign(cast)
    return {
        "session": session_of(cast.zhao),
        "clerk": session_of(cast.zhang),
        "campaign": str(campaign.pk),
        "codes": [task.plate.code for task in campaign.tasks.select_related("plate")],
    }


def _campaign(cast: Any) -> Any:
    from hudun.affairs.inspections.models import Campaign, CampaignTask
    from hudun.assets.sirens.actions import register_siren
    from hudun.core import clock
    from hudun.core.plate import Plate

    today = clock.today()
    campaign = Campaign.objects.create(
        organ=cast.stage.tianxin, name="汛前巡查", kind="flood", state="running",
        opens_on=today, closes_on=today + timedelta(days=20), template_slug=TEMPLATE,
    )  # fmt: skip
    for number in range(1, PLATES + 1):
        siren = register_siren(
            cast.actor("li"), cast.stage.pozijie, number=number, name=f"{number} 号点",
            kind="electronic",
        )  # fmt: skip
        plate = Plate.objects.of(siren).get()
        CampaignTask.objects.create(
            organ=plate.organ, plate=plate, campaign=campaign, number=number
        )
    return campaign


if __name__ == "__main__":
    sys.exit(main())
