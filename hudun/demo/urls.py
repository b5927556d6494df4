from django.http import HttpRequest
from django.urls import path

from hudun.core.shell import Banner, banner

from .views import clock_page

urlpatterns = [path("clock/", clock_page, name="demo-clock")]


def _banner(_request: HttpRequest) -> Banner:
    return Banner(
        "演示：警报器和人防工程为虚构，终端为模拟，时间可以快进 → 演示时钟", url="/demo/clock/"
    )


banner(_banner, outside=True)
