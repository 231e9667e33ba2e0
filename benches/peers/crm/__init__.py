"""What a team would make of the same task with Django: its admin for the pages, REST framework for the API.

Wherever the two differ, this one does less: the list of statuses has no leads at risk or stuck, no medians and no ages,
and a change leaves the log entry of Django's admin, but neither snapshots nor visits.
"""
