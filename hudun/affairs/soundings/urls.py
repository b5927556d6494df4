from django.urls import path, re_path

from hudun.core.shell import nav

from .flow import OFFICERS
from .views import by_hand, keys, notices, orders, plans, result
from .views.base import READERS

PLANS, ORDERS = {"kind": "plans"}, {"kind": "orders"}

urlpatterns = [
    path("plans/", plans.plans, name="soundings-plans"),
    path("plans/new/", plans.new, name="soundings-plan-new"),
    path("plans/<uuid:pk>/", plans.plan, name="soundings-plan"),
    path("plans/<uuid:pk>/edit/", plans.edit, name="soundings-plan-edit"),
    path("plans/<uuid:pk>/do/<slug:verb>/", plans.act, name="soundings-plan-act"),
    path("addressed/", plans.addressed, name="soundings-addressed"),
    path("orders/", orders.orders, name="soundings-orders"),
    path("orders/<uuid:pk>/", orders.order, name="soundings-order"),
    path("orders/<uuid:pk>/sign/", orders.sign, name="soundings-sign"),
    path("orders/<uuid:pk>/release/", orders.release, name="soundings-release"),
    path("orders/<uuid:pk>/files/<slug:what>.cbor", orders.file, name="soundings-order-file"),
    path("orders/<uuid:pk>/do/<slug:verb>/", orders.act, name="soundings-order-act"),
    path("immediate/", orders.immediate, name="soundings-immediate"),
    re_path(
        "^immediate/(?P<look>live|trial|silent)/$",
        orders.draft_immediate,
        name="soundings-immediate-form",
    ),
    path("silent-test/", orders.silent_test, name="soundings-silent-test"),
    path("plans/<uuid:pk>/result/", result.result, PLANS, name="soundings-plan-result"),
    path("orders/<uuid:pk>/result/", result.result, ORDERS, name="soundings-order-result"),
    path("plans/<uuid:pk>/by-hand/", by_hand.by_hand, PLANS, name="soundings-plan-by-hand"),
    path("orders/<uuid:pk>/by-hand/", by_hand.by_hand, ORDERS, name="soundings-order-by-hand"),
    path("plans/<uuid:pk>/papers/<slug:what>/", result.paper, PLANS, name="soundings-plan-paper"),
    path(
        "orders/<uuid:pk>/papers/<slug:what>/", result.paper, ORDERS, name="soundings-order-paper"
    ),
    path("stops/<uuid:pk>/notice/", notices.stop_notice, {"kind": "stops"}, name="stop-notice"),
    path("alerts/<uuid:pk>/notice/", notices.stop_notice, {"kind": "alerts"}, name="alert-notice"),
    path("keys/", keys.keys, name="soundings-keys"),
    path("keys/request/", keys.request_key, name="soundings-key-request"),
    path("keys/<uuid:pk>/withdraw/", keys.withdraw, name="soundings-key-withdraw"),
    path("keys/set-up/", keys.set_up, name="soundings-set-up"),
    path("keys/roots/", keys.pin_roots, name="soundings-roots"),
    path("keys/roster.json", keys.roster_to_sign, name="soundings-roster-json"),
    path("keys/roster/", keys.upload_roster, name="soundings-roster"),
]

nav("警报", "鸣放计划", "soundings-plans", icon="calendar", roles=READERS, order=10)
nav("警报", "命令", "soundings-orders", icon="send", roles=READERS, order=20)
nav("警报", "立即命令", "soundings-immediate", icon="bell-ringing", roles=OFFICERS, order=30)
nav("警报", "密钥与名册", "soundings-keys", icon="key", roles=READERS, order=40)
