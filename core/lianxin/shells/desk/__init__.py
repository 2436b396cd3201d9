"""The desk: the queue, one matter beside it, people, tasks."""
