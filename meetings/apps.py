from django.apps import AppConfig


class MeetingsConfig(AppConfig):
    name = "meetings"
    verbose_name = "Möten och protokoll"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Say what the worker does for meetings."""
        # Imported here, not above: models can be read only when every app is loaded.
        from meetings.sealing import augmenting, exporting  # noqa: PLC0415
        from meetings.signing import completing, reminding  # noqa: PLC0415
        from members import jobs  # noqa: PLC0415

        jobs.add(completing.seal_next)
        jobs.add(reminding.remind_next)
        jobs.add(exporting.export_missing)
        jobs.add(augmenting.augment_next)
