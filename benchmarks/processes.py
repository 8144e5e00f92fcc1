"""What Linux tells of running processes; nothing of those that have ended meanwhile."""

from pathlib import Path


def children(process: int) -> list[int]:
    tasks = Path(f"/proc/{process}/task")
    names = [task.name for task in tasks.iterdir()] if tasks.exists() else []
    return [int(child) for name in names
            for child in told(process, f"task/{name}/children").split()]  # fmt: skip


def told(process: int, name: str) -> str:
    try:
        return Path(f"/proc/{process}/{name}").read_text("utf-8", "replace")
    except OSError:
        return ""
