"""Telephone numbers as offices write them: several, with extensions."""

from django.core.validators import RegexValidator

PHONE = RegexValidator(r"^[0-9+()（）\- /、,，]{5,40}$", "电话号码只能有数字、括号、横线和空格。")
