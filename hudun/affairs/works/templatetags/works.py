"""Areas and money as people read them."""

from django import template

from hudun.affairs.works.levy import steps

register = template.Library()
register.filter("m2", steps.m2)
register.filter("yuan", steps.yuan)
