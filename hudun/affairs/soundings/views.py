from django.http import HttpRequest, HttpResponse


def plans(request: HttpRequest) -> HttpResponse:
    return HttpResponse("")


def immediate(request: HttpRequest) -> HttpResponse:
    return HttpResponse("")
