"""Addresses of WHO. `/rad/` is where the councils' registers and settings live."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
