"""The demo house's rooms and programmes, from the files under data/."""

import tomllib
from pathlib import Path
from typing import Any

from bookings.schools.models import Programme, Subject
from navet.house.models import Cell, Furnishing, Room

DATA = Path(__file__).parent / "data"

_PREPARE_SV = "Prata i klassen om vad ni redan vet och skriv ner tre frågor. Räkna med oömma kläder. Ta med lunch eller boka en lunchtid."
_PREPARE_EN = "Talk in class about what you know already and write down three questions. Wear clothes that can take some use. Bring lunch or book a lunch sitting."
_ACCESS_SV = (
    "Stegfri väg från entrén, höj- och sänkbara bord, hörselkåpor att låna och ett lugnt rum bredvid."
)
_ACCESS_EN = (
    "Step-free from the entrance, adjustable tables, ear defenders to borrow and a calm room next door."
)
_CURRICULUM = {
    Subject.BIOLOGY: (
        "Biologi: natur och miljö, kropp och hälsa.",
        "Biology: nature and environment, body and health.",
    ),
    Subject.CHEMISTRY: (
        "Kemi: materiens egenskaper och kemi i vardagen.",
        "Chemistry: properties of matter, chemistry in everyday life.",
    ),
    Subject.PHYSICS: (
        "Fysik: energi, krafter och systematiska undersökningar.",
        "Physics: energy, forces and systematic investigation.",
    ),
    Subject.TECHNOLOGY: (
        "Teknik: tekniska lösningar och arbetssätt för att utveckla dem.",
        "Technology: technical solutions and how they are developed.",
    ),
    Subject.MATHEMATICS: (
        "Matematik: geometri, samband och problemlösning.",
        "Mathematics: geometry, relationships and problem solving.",
    ),
    Subject.PROGRAMMING: (
        "Programmering: stegvisa instruktioner, styrning och kritiskt tänkande om AI.",
        "Programming: step-by-step instructions, control, and critical thinking about AI.",
    ),
    Subject.ASTRONOMY: (
        "Fysik: universums uppbyggnad och utveckling.",
        "Physics: the structure and evolution of the universe.",
    ),
    Subject.SUSTAINABILITY: (
        "Hållbar utveckling: människans påverkan och val.",
        "Sustainable development: human impact and choices.",
    ),
    Subject.LANGUAGE: (
        "Svenska: att tala, lyssna och argumentera.",
        "Swedish: speaking, listening and making a case.",
    ),
}


def read(name: str, noun: str) -> list[dict[str, Any]]:
    return tomllib.loads((DATA / name).read_text(encoding="utf-8"))[noun]


def texts(row: dict[str, Any], *names: str) -> dict[str, str]:
    """Swedish and English of each text; what is invented says so in its title."""
    said = {f"{name}_{language}": row[name][language] for name in names for language in ("sv", "en")}
    return said | {name: f"{text} (demo)" for name, text in said.items() if name.startswith("title_")}


def make_rooms() -> dict[str, Room]:
    """Rooms with their cells and furnishings, by slug."""
    rooms: dict[str, Room] = {}
    for row in read("rooms.toml", "room"):
        room = Room.objects.create(
            slug=row["slug"],
            name_sv=row["sv"],
            name_en=row["en"],
            turnaround_minutes=row.get("turnaround", 15),
            is_lunch_room=row.get("lunch", False),
            hearing_loop=row.get("hearing_loop", False),
            is_demo=True,
        )
        room.cells.set([Cell.objects.get_or_create(name=name)[0] for name in row["cells"]])
        Furnishing.objects.bulk_create(
            Furnishing(room=room, kind=kind, capacity=row[kind])
            for kind in Furnishing.Kind.values
            if kind in row
        )
        rooms[room.slug] = room
    return rooms


def make_programmes(rooms: dict[str, Room]) -> list[Programme]:
    """Every demo programme, published, with the rooms it can use."""
    programmes = []
    for row in read("programmes.toml", "programme"):
        programme = Programme.objects.create(
            slug=row["slug"],
            title_sv=row["title"]["sv"],
            title_en=row["title"]["en"],
            summary_sv=row["summary"]["sv"],
            summary_en=row["summary"]["en"],
            text_sv=f"{row['summary']['sv']} Klassen arbetar i mindre grupper med en pedagog från Navet och avslutar tillsammans.",
            text_en=f"{row['summary']['en']} The class works in small groups with one of Navet's educators and finishes together.",
            prepare_sv=_PREPARE_SV,
            prepare_en=_PREPARE_EN,
            accessibility_sv=_ACCESS_SV,
            accessibility_en=_ACCESS_EN,
            curriculum_sv="\n".join(_CURRICULUM[subject][0] for subject in row["subjects"]),
            curriculum_en="\n".join(_CURRICULUM[subject][1] for subject in row["subjects"]),
            subjects=row["subjects"],
            grades=row["grades"],
            languages=["sv", "en"],
            length_minutes=row["minutes"],
            min_pupils=row["pupils"][0],
            max_pupils=row["pupils"][1] // row["groups_at_once"],
            groups_at_once=row["groups_at_once"],
            price_half_ore=row["price_kronor"]["half"] * 100,
            price_full_ore=row["price_kronor"]["full"] * 100,
            is_published=True,
            is_demo=True,
        )
        programme.rooms.set([rooms[slug] for slug in row["rooms"]])
        programmes.append(programme)
    return programmes
