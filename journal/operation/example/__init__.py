"""The example person of `manage.py demo`: an account, a journal and a coach, all made up."""
