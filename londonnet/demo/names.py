"""Invented names: first names in ordinary use, surnames and places that nobody and nowhere has."""

from collections.abc import Iterator
from random import Random
from typing import Final

TRUST: Final = "Demo Probation Service"

_FORENAMES: Final = (
    "Abena Adaeze Aisha Alastair Amara Anjali Bartosz Beatrix Bronwen Callum Catalina Chidi Clementine Damilola Daria"
    " Declan Dilnoza Edith Eamon Esi Farida Fergus Fiona Gareth Genevieve Giulia Hamish Harpreet Hyacinth Idris Imogen"
    " Ines Jasminder Jolanta Joyce Kamala Keisha Kwame Leandro Linh Lowri Mairead Mateusz Mei Nadia Ngozi Oisin"
    " Olumide Orla Padma Percival Priya Quentin Rashida Rhiannon Rosalind Sanjay Shanice Siobhan Tamsin Tariq Thandiwe"
    " Ursula Vikram Winifred Xanthe Yusuf Zainab Zofia"
)
_SURNAME_STARTS: Final = (
    "Thistle Bramble Copper Dapple Fennel Gander Hobble Juniper Kettle Lantern Marrow Nettle Otter Pebble Quill Rumble"
    " Saffron Tansy Umber Velvet Whistle Yarrow Bobbin Cobble Dimple Ember Flannel Gossamer"
)
_SURNAME_ENDS: Final = "wick thwaite bottom spindle march croft hollow whisker button lathe pockle dew"
_PLACE_STARTS: Final = (
    "Bramble Cobble Copper Dapple Elder Fiddle Gossamer Holly Inkwell Juniper Kettle Lantern Mossy Nettle"
    " Otter Pebble Quill Rook Saffron Thimble"
)
_PLACE_ENDS: Final = "marsh wharf mead wick green bridge gate heath"
_REGIONS: Final = ("North", "South", "East", "West", "Central", "Riverside", "Hills", "Docks", "Parks", "Outer")

REGION_NAMES: Final = tuple(f"{name} Quarter" for name in _REGIONS)


def place_names(random: Random) -> list[str]:
    """All 160 invented place names, in an order of the seed's."""
    places = [f"{start}{end}" for start in _PLACE_STARTS.split() for end in _PLACE_ENDS.split()]
    random.shuffle(places)
    return places


def people_names(random: Random) -> Iterator[tuple[str, str]]:
    """Forename and surname, without end; the same pair may come again in a large service, as it does in life."""
    surnames = [f"{start}{end}" for start in _SURNAME_STARTS.split() for end in _SURNAME_ENDS.split()]
    forenames = _FORENAMES.split()
    while True:
        yield random.choice(forenames), random.choice(surnames)
