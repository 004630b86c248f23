"""The Swedish catalogues: one per app, kept with Babel, because a bare machine has no gettext tools.

A msgid is English, so English needs no catalogue. Code outside every app (navet/errors.py, say) belongs to
`pages`.
"""

import io
import os
import re
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.apps import apps
from django.conf import settings
from django.utils.translation.template import templatize

LOCALE = "sv"
HOMELESS = "pages"  # the app that keeps the strings of modules outside every app
SKIPPED_FOLDERS = {"locale", "migrations", "static", "__pycache__", "tests"}
HEADER = """\
# Navet, Swedish. Made by `manage.py messages`; fill in the msgstr lines.
msgid ""
msgstr ""
"Project-Id-Version: navet\\n"
"Language: sv\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"Plural-Forms: nplurals=2; plural=(n != 1);\\n"

"""
KEYWORDS: dict[str, tuple | None] = {
    **dict.fromkeys(("_", "gettext", "gettext_lazy", "gettext_noop")),
    **dict.fromkeys(("ngettext", "ngettext_lazy"), (1, 2)),
    **dict.fromkeys(("pgettext", "pgettext_lazy"), ((1, "c"), 2)),
    **dict.fromkeys(("npgettext", "npgettext_lazy"), ((1, "c"), 2, 3)),
}
PLACEHOLDER = re.compile(r"%\([^)]+\)[a-z]|%[sd]|\{[A-Za-z0-9_.:,]*\}")


@dataclass(frozen=True)
class Home:
    """One app's catalogue and the source files whose strings it keeps."""

    label: str
    path: Path
    sources: list[Path] = field(default_factory=list)

    @property
    def po(self) -> Path:
        return self.path / "locale" / LOCALE / "LC_MESSAGES" / "django.po"

    @property
    def mo(self) -> Path:
        return self.po.with_suffix(".mo")


def homes() -> list[Home]:
    """Every app of this repository with its sources, in the order of INSTALLED_APPS."""
    base = Path(settings.BASE_DIR)
    ours = [
        Home(config.label, Path(config.path))
        for config in apps.get_app_configs()
        if Path(config.path).is_relative_to(base) and "site-packages" not in Path(config.path).parts
    ]
    by_path = {home.path: home for home in ours}
    by_label = {home.label: home for home in ours}
    for root in sorted({base / home.path.relative_to(base).parts[0] for home in ours}):
        for source in _sources_under(root):
            home = next(
                (by_path[parent] for parent in source.parents if parent in by_path), by_label.get(HOMELESS)
            )
            if home:
                home.sources.append(source)
    return ours


def _sources_under(root: Path) -> Iterator[Path]:
    for folder, subfolders, names in os.walk(root):
        subfolders[:] = sorted(name for name in subfolders if name not in SKIPPED_FOLDERS)
        here = Path(folder)
        yield from (here / name for name in sorted(names) if _is_source(here / name))


def _is_source(path: Path) -> bool:
    return path.suffix == ".py" or (path.suffix in {".html", ".txt"} and "templates" in path.parts)


def messages_in(source: Path) -> Iterator[tuple[str | None, str | tuple[str, ...]]]:
    """Yield `(context, msgid)` of a Python module or a Django template; a plural msgid is a pair."""
    text = source.read_text(encoding="utf-8")
    if source.suffix != ".py":
        code = templatize(text, origin=str(source))
        # The tokenizer minds indentation, and the blanked-out text between the tags has none to mind.
        text = "\n".join(line.strip() for line in code.splitlines())
    for _line, msgid, _comments, context in extract("python", io.BytesIO(text.encode()), keywords=KEYWORDS):
        yield context, msgid


def template_for(home: Home) -> Catalog:
    """What the app's sources say now, without translations."""
    catalog = _empty()
    for source in home.sources:
        for context, msgid in messages_in(source):
            catalog.add(msgid, context=context)
    return catalog


def _empty() -> Catalog:
    return Catalog(locale=LOCALE, fuzzy=False)


def load(home: Home) -> Catalog:
    """The catalogue as it is kept, or an empty one. Raises babel's PoFileError for a broken file."""
    if not home.po.exists():
        return _empty()
    with home.po.open("rb") as file:
        return read_po(file, locale=LOCALE, abort_invalid=True)


def updated(home: Home, *, prune: bool = False) -> Catalog:
    """The kept catalogue brought up to date with the sources; nothing is guessed. `prune` drops what is obsolete."""
    catalog = load(home)
    catalog.update(template_for(home), no_fuzzy_matching=True, update_creation_date=False)
    if prune:
        catalog.obsolete.clear()
    return catalog


def as_po(catalog: Catalog) -> bytes:
    """The file's text: sorted, without line numbers and dates, so that a diff shows words only."""
    body = io.BytesIO()
    write_po(body, catalog, width=110, no_location=True, omit_header=True, sort_output=True)
    return HEADER.encode() + body.getvalue()


def update(home: Home, *, prune: bool = False) -> bool:
    """Write the app's catalogue if it changed; True when it did. An app without strings gets no file."""
    catalog = updated(home, prune=prune)
    if not len(catalog) and not catalog.obsolete and not home.po.exists():
        return False
    text = as_po(catalog)
    if home.po.exists() and home.po.read_bytes() == text:
        return False
    _write(home.po, text)
    return True


def compile_catalogue(home: Home) -> bool:
    """Make the .mo beside the .po unless it is fresh; True when made. Fuzzy entries are left out."""
    if not home.po.exists() or (home.mo.exists() and home.mo.stat().st_mtime_ns > home.po.stat().st_mtime_ns):
        return False
    compiled = io.BytesIO()
    write_mo(compiled, load(home))
    _write(home.mo, compiled.getvalue())
    return True


def _write(path: Path, content: bytes) -> None:
    """Replace the file whole: a process that reads meanwhile sees the old one or the new one."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    temporary = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
        temporary.chmod(0o644)
        temporary.replace(path)
    finally:
        temporary.unlink(missing_ok=True)


def faults(home: Home) -> list[str]:
    """What keeps this app from being whole in Swedish, one line each."""
    kept, said = load(home), template_for(home)
    found = [
        f"not extracted: {_name(message)}" for message in said if message.id and not _find(kept, message)
    ]
    found += [f"obsolete: {_name(message)}" for message in kept if message.id and not _find(said, message)]
    found += [f"obsolete: {_name(message)}" for message in kept.obsolete.values()]
    for message in kept:
        if message.id:
            found += _faults_of(message)
    return found


def _find(catalog: Catalog, message: Message) -> Message | None:
    """Babel finds a plural by its singular; a message that changed between the two is another one."""
    found = catalog.get(message.id, message.context)
    return found if found and found.id == message.id else None


def _faults_of(message: Message) -> Iterator[str]:
    translations = (
        tuple(message.string) if isinstance(message.string, tuple | list) else (message.string or "",)
    )
    if message.fuzzy:
        yield f"fuzzy: {_name(message)}"
    if not all(translations):
        yield f"untranslated: {_name(message)}"
    elif not _placeholders_agree(message, translations):
        yield f"placeholders differ: {_name(message)}"


def _placeholders_agree(message: Message, translations: tuple[str, ...]) -> bool:
    """The last form says exactly what the msgid says; a singular may spell its number out."""
    msgids = message.id if isinstance(message.id, tuple | list) else (message.id,)
    allowed = set().union(*(PLACEHOLDER.findall(text) for text in msgids))
    if not all(set(PLACEHOLDER.findall(text)) <= allowed for text in translations):
        return False
    return sorted(PLACEHOLDER.findall(msgids[-1])) == sorted(PLACEHOLDER.findall(translations[-1]))


def _name(message: Message) -> str:
    msgid = message.id[0] if isinstance(message.id, tuple | list) else message.id
    return f"{msgid!r}" + (f" ({message.context})" if message.context else "")


def disagreements(chosen: list[Home]) -> list[str]:
    """Msgids that two apps translate differently: Django shows one of them everywhere, so they must agree."""
    seen: dict[tuple, tuple[str, object]] = {}
    found = []
    for home in chosen:
        for message in load(home):
            key = (message.context, message.id)
            if not message.id or not message.string:
                continue
            label, string = seen.setdefault(key, (home.label, message.string))
            if string != message.string:
                found.append(f"{label} and {home.label} translate {_name(message)} differently")
    return found
