"""Every address of the program, by the app that answers it. Addresses are Swedish."""

from django.contrib import admin
from django.urls import include, path

urlpatterns = [
    path("admin/", admin.site.urls),
    path("konto/", include("allauth.account.urls")),
    path("konto/", include("members.second_factor_urls")),
    path("konto/", include("members.sso_urls")),
    path("", include("members.urls")),
    # Last: the first word of a council's addresses is the council itself.
    path("", include("meetings.urls")),
]
