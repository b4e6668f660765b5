"""Pages of the shop."""

import os

from django.http import HttpResponse
from django.urls import path


def order(request, number):
    return HttpResponse(f"order {number}")


def charge(request):
    raise RuntimeError(os.environ["ZOO_ERROR"])


urlpatterns = [path("orders/<number>", order), path("charge", charge)]
