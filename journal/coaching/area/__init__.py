"""The coach area under /coach/: who they coach, and what each of them chose to show."""
