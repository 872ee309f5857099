from django.apps import AppConfig


class MembersConfig(AppConfig):
    name = "members"
    verbose_name = "Kommuner, råd och personer"
    default_auto_field = "django.db.models.BigAutoField"
