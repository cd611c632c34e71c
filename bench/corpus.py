"""Articles to measure with, built from the gold documents and from sentences of our own; the same for every seed.

An archive is mostly about other things: `archive(n, share)` gives `n` articles of about 2.3 kB, of which `share` are
about encounters (a gold document and filler), the others filler alone: sport, business, weather, culture, politics at
home. Filler speaks of countries and offices as news does, so that the gate has something to reject.
"""

import json
import random
from pathlib import Path

GOLD = Path(__file__).parents[1] / "eval" / "gold" / "en"
SIZE = 2300  # characters of an article, the mean of the archive that the targets were set on

PLACES = "Lyon Osaka Leeds Porto Denver Perth Bilbao Turin Cork Malmö Bergen Graz Utrecht Salta Quito Accra Pune Cebu".split()
THINGS = (
    "harvest tram bridge library factory theatre harbour school reservoir market orchard quarry cinema depot".split()
)
PEOPLE = (
    "Alan Moreau|Ines Duarte|Karl Brandt|Mira Novak|Tom Okafor|Lena Fischer|Raj Patel|Sofia Rossi|Emil Larsen".split(
        "|"
    )
)
COUNTRIES = "France Brazil Japan Kenya Canada Poland Chile India Norway Egypt Peru Spain".split()
FILLER = (
    "The {thing} in {place} will close for repairs until the end of the month, the operator said.",
    "{person} scored twice as the home side came from behind to win in front of a full stadium.",
    "Shares in the company fell by {n} per cent after it lowered its forecast for the year.",
    "Rain is expected across the west, with temperatures of up to {n} degrees in {place}.",
    "The minister said the new tax on {thing} owners would bring in {n} million over three years.",
    "Parliament in {country} passed the budget late on Thursday after a debate of {n} hours.",
    "Critics called the film a triumph, although {person} admitted that the ending was rewritten.",
    "Prices for wheat rose in {country}, where farmers had waited for rain since early spring.",
    "Police in {place} are looking for witnesses after a lorry damaged the old {thing}.",
    "The president of the chamber of commerce, {person}, warned that exports to {country} were slowing.",
    "A survey found that {n} per cent of households had changed their supplier within a year.",
    "The museum has bought {n} drawings that were thought lost and will show them next spring.",
    "Doctors advise people over sixty to be vaccinated before the winter begins.",
    "{person} published a second novel this week, set in a small {thing} near {place}.",
    "The central bank of {country} kept its main rate unchanged at {n} per cent.",
    "Residents of {place} complained about noise from the {thing}, which opened in June.",
    "The team trained without its captain, who had injured a knee against {country}.",
    "Unemployment in {country} stood at {n} per cent, the lowest figure for a decade.",
    "An appeals court upheld the sentence against a former manager of the {thing}.",
    "The orchestra opened its season with works by three composers from {country}.",
    "Researchers measured the glacier again and found that it had lost {n} metres.",
    "The opposition demanded an inquiry into the contract for the {thing} in {place}.",
)


def archive(n: int, share: float, seed: int = 7) -> list[str]:
    """`n` articles, of which `share` (0 to 1) are about encounters, in a fixed random order."""
    chance = random.Random(seed)
    relevant = _relevant()
    count = round(n * share)
    texts = [_article(chance, chance.choice(relevant)) for _ in range(count)] + [
        _article(chance, "") for _ in range(n - count)
    ]
    chance.shuffle(texts)
    return texts


def _relevant() -> list[str]:
    documents = (json.loads(file.read_text("utf-8")) for file in sorted(GOLD.glob("*.gold.json")))
    return [(GOLD / f"{d['id']}.txt").read_text("utf-8") for d in documents if d["encounters"]]


def _article(chance: random.Random, body: str) -> str:
    parts = [body] if body else []
    size = len(body)
    while size < SIZE:
        paragraph = " ".join(
            chance.choice(FILLER).format(
                thing=chance.choice(THINGS),
                place=chance.choice(PLACES),
                person=chance.choice(PEOPLE),
                country=chance.choice(COUNTRIES),
                n=chance.randint(2, 60),
            )
            for _ in range(3)
        )
        parts.append(paragraph)
        size += len(paragraph)
    return "\n\n".join(parts)
