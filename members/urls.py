"""Addresses of WHO. `/rad/` is where the councils' registers and settings live."""

from django.urls import path

from members.views import arms, inviting, joining, organising, pages, pasting, securing, setting_up

COUNCIL = "rad/<slug:slug>/"
REGISTER = f"{COUNCIL}register/"
SEAT = f"{REGISTER}<int:pk>/"
ORGANISATIONS = f"{COUNCIL}organisationer/"

urlpatterns = [
    path("rad/", setting_up.council_list, name="council_list"),
    path(COUNCIL, setting_up.council, name="council"),
    path(f"{COUNCIL}installningar/", setting_up.council_settings, name="council_settings"),
    path(REGISTER, joining.register, name="register"),
    path(f"{REGISTER}lagg-till/", joining.add_member, name="add_member"),
    path(f"{REGISTER}bjud-in/", joining.invite_all, name="invite_all"),
    path(f"{REGISTER}klistra-in/", pasting.paste_list, name="paste_list"),
    path(f"{REGISTER}klistra-in/spara/", pasting.save_pasted, name="save_pasted"),
    path(SEAT, joining.change_member, name="change_member"),
    path(f"{SEAT}avsluta/", joining.end_mandate, name="end_mandate"),
    path(f"{SEAT}fortsatt/", joining.resume_mandate, name="resume_mandate"),
    path(f"{SEAT}bjud-in/", joining.invite, name="invite"),
    path(f"{SEAT}inloggning/", securing.reset_sign_in, name="reset_sign_in"),
    path(ORGANISATIONS, organising.organisations, name="organisations"),
    path(f"{ORGANISATIONS}lagg-till/", organising.add_organisation, name="add_organisation"),
    path(f"{ORGANISATIONS}<int:pk>/", organising.change_organisation, name="change_organisation"),
    path("inbjudan/", inviting.choose_password, name="choose_password"),
    path("inbjudan/<str:uid>/<str:token>/", inviting.invitation, name="invitation"),
    path("mitt/konto/", joining.my_account, name="my_account"),
    path("vapen/<int:pk>/<slug:sha256>/", arms.arms, name="arms"),
    path("tillganglighet/", pages.accessibility, name="accessibility"),
    path("om/", pages.about, name="about"),
]
