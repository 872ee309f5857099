"""allauth's addresses for the municipality's own sign-in service. Its other pages are not used."""

from allauth.socialaccount import views
from allauth.socialaccount.providers.openid_connect import views as openid
from django.contrib.auth.decorators import login_not_required
from django.urls import path

urlpatterns = [
    path("inloggning/<str:provider_id>/", openid.login, name="openid_connect_login"),
    path("inloggning/<str:provider_id>/ater/", openid.callback, name="openid_connect_callback"),
    path("inloggning-avbruten/", views.login_cancelled, name="socialaccount_login_cancelled"),
    path(
        "inloggning-fel/", login_not_required(views.login_error), name="socialaccount_login_error"
    ),
    path("inloggning-okand/", views.signup, name="socialaccount_signup"),
]
