import asyncio
from datetime import timedelta
import pytest
from hudun.affairs.soundings.testing import *
from hudun.affairs.soundings.models import *
from hudun.core import clock

pytestmark = pytest.mark.django_db

def sounding(time, office):
    for n in (1,2,3): make_siren(office, n)
    net = Net(office, [Box(office, n) for n in (1,2,3)])
    net.begin()
    net.run_for(time, 5)
    order = office.sounding()
    net.run_for(time, 5)
    print([b.state.orders.keys() for b in net.boxes.values()])
    time.set(order.starts_at - timedelta(seconds=100))
    net.run(time, order.ends_at + timedelta(seconds=70), 1.0)
    order.refresh_from_db()
    print(order.state, order.plan.state, list(Verdict.objects.values_list('siren','position','verdict','reason','start_error_ms','duration_ms','accurate')))
    print(Receipt.objects.count(), Attempt.objects.count(), Alert.objects.all(), SirenStatus.objects.values())

def test_it(office, time):
    sounding(time, office)
    from hudun.core.journal.models import JournalLine
    for l in JournalLine.objects.order_by('seq'): print(l.seq, l.verb, l.content['label'])
