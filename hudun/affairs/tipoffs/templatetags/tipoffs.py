"""The photos of a tip-off."""

from django import template
from django.db.models import QuerySet

from hudun.affairs.tipoffs.models import Tipoff
from hudun.core.attachment.models import Attachment

register = template.Library()


@register.filter
def photos(tipoff: Tipoff) -> "QuerySet[Attachment]":
    return Attachment.objects.about(tipoff).photos()
