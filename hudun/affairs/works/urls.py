from django.urls import path

from hudun.core.shell import nav

from .views.levy import levy

urlpatterns = [path("levy/", levy, name="works-levy")]

nav("台账", "结建核算", "works-levy", icon="calculator", order=32)
