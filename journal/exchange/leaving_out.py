"""What a person may leave out of an export, and everything that hangs on it.

Each choice names the rows it is about; what belongs to those (a telling to its boundary), what only
points at them (a thread, a use of a lesson), and their lines in the record of a week go along. A
link that may be empty is emptied. So nothing of them is in any of the files, and what is there fits
together and can be read in again.
"""

# Ids without a foreign key (lessons/threads.py, coaching/grants.py).
LOOSE = ("from_id", "to_id", "linked_id", "item_id")
