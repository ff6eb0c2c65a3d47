from django.db import models


class Row(models.Model):
    """A plain table, as any Django project has: no owner, no wall, no seal."""

    group = models.IntegerField()
    title = models.CharField(max_length=120)
    body = models.TextField()
    day = models.DateField()

    class Meta:
        app_label = "reference"
        indexes = [models.Index(fields=["group", "-day", "-id"], name="row_by_group")]

    def __str__(self) -> str:
        return self.title
