"""What an installation notes of itself, for all its machines. The roles of the wall have no
privilege on either table. Neither holds words or addresses."""

from django.db import models


class Note(models.Model):
    """One note, such as when the last backup was made (notes.py)."""

    name = models.CharField(max_length=40, primary_key=True)
    said = models.JSONField(default=dict)

    def __str__(self) -> str:
        return self.name


class DeletedAccount(models.Model):
    """One line of the register of deleted accounts (account_deletion/register.py)."""

    mark = models.CharField(max_length=64, primary_key=True)  # a hash of the account's number

    def __str__(self) -> str:
        return self.mark
