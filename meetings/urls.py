"""Addresses of WHAT: the start page, and below a council's slug its meetings."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
