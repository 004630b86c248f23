"""Whether the collected static files are those of the code that is here."""

from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
APPS = ("navet", "visitors", "bookings", "conferences", "worker")


def are_stale(root: Path = ROOT) -> bool:
    """Say whether static files must be collected: never done, or a source is newer than the collection."""
    manifest = root / "static-collected" / "staticfiles.json"
    if not manifest.exists():
        return True
    made_at = manifest.stat().st_mtime
    sources = [root / "requirements" / "production.txt"]
    for app in APPS:
        sources += [path for path in (root / app).rglob("static/**/*") if path.is_file()]
    return any(source.stat().st_mtime > made_at for source in sources)
