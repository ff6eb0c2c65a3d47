from django.conf import settings
from django.db import models


class DataKey(models.Model):
    """One person's data key, wrapped under the master key named in `master` (see keys.py)."""

    owner = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, primary_key=True, related_name="+"
    )
    wrapped = models.BinaryField()
    master = models.CharField(max_length=16, db_index=True)
    made_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return f"data key of {self.owner_id}"
