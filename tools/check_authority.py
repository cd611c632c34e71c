"""Measures how many real office holders the authority knows, and finds errors in its files.

Usage: check_authority.py [us-visits-by-foreign-leaders.csv] [--since 2000] [--region NAME] [--country XX]

The table (CC0, from the Office of the Historian of the United States) lists visits of foreign leaders with the office
and name in `visitor`; a visit is known if somebody of that family name held a high office of that country on its first
day. Without a table only the files are checked.
"""

import argparse
import csv
import re
import sys
from collections import defaultdict
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path

from summitry.authority import FOLDER, Authority, AuthorityError, OfficeHolder, fold
from summitry.authority.files import PLURAL_POSTS, Drafts, compile_drafts, read_content, read_file
from summitry.dates import bounds
from summitry.model import Occupancy

TOLERANCE = timedelta(days=10)  # outgoing and incoming holders of one post may overlap by this much
EUROPE_AMERICA = frozenset(
    "AD AL AM AT AZ BA BE BG BY CA CH CS CY CZ DD DE DK EE ES FI FR GB GE GR HR HU IE IS IT KG KZ LI LT LU LV MC MD ME "
    "MK MT MX NL NO PL PT RO RS RU SE SI SK SM SU TJ TM TR UA US UZ VA XK YU".split()
)
ASIA = frozenset(
    "AE AF AU BD BH BN BT CK CN FJ FM ID IL IN IQ IR JO JP KH KI KP KR KW LA LB LK MH MM MN MV MY NC NP NR NU NZ OM PF "
    "PG PH PK PS PW QA SA SB SG SY TH TL TO TV TW VN VU WS YE".split()
)
REGIONS = {"Europe and North America": EUROPE_AMERICA, "Asia, Pacific, Middle East": ASIA}
REST = "Africa and Latin America"
SLUGS = """
afghanistan AF albania AL algeria DZ angola AO antigua-barbuda AG argentina AR armenia AM australia AU austria AT
azerbaijan AZ bahamas BS bahrain BH bangladesh BD barbados BB belgium BE belize BZ benin BJ bolivia BO
bosnia-herzegovina BA botswana BW brazil BR brunei BN bulgaria BG burkina-faso BF burma MM burundi BI cambodia KH
cameroon CM canada CA cape-verde CV central-african-republic CF chad TD chile CL china CN colombia CO comoros KM
congo-democratic-republic CD congo-republic CG cook-islands CK costa-rica CR cote-divoire CI croatia HR cuba CU
cyprus CY czech-republic CZ czechia CZ denmark DK djibouti DJ dominica DM dominican-republic DO ecuador EC egypt EG
el-salvador SV equatorial-guinea GQ eritrea ER estonia EE eswatini SZ ethiopia ET fiji FJ finland FI france FR
french-polynesia PF gabon GA gambia GM georgia GE germany DE ghana GH greece GR grenada GD guatemala GT guinea GN
guinea-bissau GW guyana GY haiti HT holy-see VA honduras HN hungary HU iceland IS india IN indonesia ID iran IR iraq IQ
ireland IE israel IL italy IT jamaica JM japan JP jordan JO kazakhstan KZ kenya KE kiribati KI korea KR korea-south KR
kosovo XK kuwait KW kyrgyzstan KG laos LA latvia LV lebanon LB lesotho LS liberia LR libya LY liechtenstein LI
lithuania LT luxembourg LU macedonia MK madagascar MG malawi MW malaysia MY maldives MV mali ML malta MT
marshall-islands MH mauritania MR mauritius MU mexico MX micronesia FM moldova MD monaco MC mongolia MN montenegro ME
morocco MA mozambique MZ namibia NA nauru NR nepal NP netherlands NL new-caledonia NC new-zealand NZ nicaragua NI
niger NE nigeria NG niue NU north-macedonia MK norway NO oman OM pakistan PK palau PW panama PA papua-new-guinea PG
paraguay PY peru PE philippines PH poland PL portugal PT qatar QA romania RO russia RU rwanda RW saint-lucia LC
samoa WS san-marino SM sao-tome-and-principe ST saudi-arabia SA senegal SN serbia RS seychelles SC sierra-leone SL
singapore SG slovakia SK slovenia SI solomon-islands SB somalia SO somoa WS south-africa ZA south-sudan SS spain ES
sri-lanka LK sudan SD suriname SR swaziland SZ sweden SE switzerland CH syria SY tajikistan TJ tanzania TZ thailand TH
timor-leste TL togo TG tonga TO trinidad-tobago TT tunisia TN turkey TR turkiye TR turkmenistan TM tuvalu TV uganda UG
ukraine UA united-arab-emirates AE united-kingdom GB uruguay UY uzbekistan UZ vanuatu VU venezuela VE vietnam VN
yemen YE yugoslavia YU zambia ZM zimbabwe ZW
""".split()
COUNTRY_OF = dict(zip(SLUGS[::2], SLUGS[1::2], strict=True))


def region_of(country: str) -> str:
    """The part of the world that a country is counted under."""
    return next((name for name, members in REGIONS.items() if country in members), REST)


def read_tolerantly(folder: Path) -> tuple[Drafts, list[str]]:
    """Everyone in the files that can be read, and what is wrong with the others."""
    drafts: Drafts = {}
    errors = []
    for path in sorted(folder.glob("*.toml")):
        try:
            read_file(path, drafts)
        except AuthorityError as error:
            errors.append(str(error))
    return drafts, errors


def overlaps(path: Path) -> Iterator[str]:
    """Holders of one office that surely overlap by more than a hand-over, in offices that one person holds."""
    content = read_content(path)
    for office in content["office"]:
        if office.get("several") or office["post"] in PLURAL_POSTS:
            continue
        terms = sorted((start, end, entry) for entry in office.get("holders", ()) for start, end in [_term(entry)])
        for (_, end, one), (start, _, other) in pairwise(terms):
            if end > start + TOLERANCE:
                yield f"{path.name}: {office['post']}: {one!r} overlaps {other!r}."


def _term(entry: str) -> tuple[date, date]:
    """Last possible start and first possible end of "name | start | end": the time surely in office."""
    start, end = (part.strip() for part in entry.split("|")[1:3])
    return bounds(start or "0001")[1] or date.min, bounds(end or "9999")[0] or date.max


def spellings(authority: Authority) -> Iterator[str]:
    """People of one country whose names differ so little that they are probably one person."""
    seen: dict[tuple[str, ...], OfficeHolder] = {}
    for person in authority.people:
        key = (person.country, *sorted(fold(person.caption).split()))
        if key in seen:
            yield f"{person.country}: {seen[key].caption!r} and {person.caption!r} look like one person."
        seen[key] = person


def known(authority: Authority, country: str, visitor: str, day: str) -> bool:
    """Whether `visitor` ("Prime Minister Tony Blair") names somebody in office in `country` on `day`."""
    text = f" {fold(re.sub(r'[(].*?[)]', ' ', visitor))} "
    later = (date.fromisoformat(day) + timedelta(days=150)).isoformat() if "-elect" in visitor.casefold() else day
    for person in in_office(authority, country, f"{day}/{later}"):
        names = {fold(person.family), fold(person.caption), *(fold(alias) for alias in person.aliases)}
        if any(f" {name} " in text for name in names):
            return True
    return False


def in_office(authority: Authority, country: str, when: str) -> list[OfficeHolder]:
    """Everyone who held any office of `country` on `when`."""
    rows: list[Occupancy] = [row for row in authority.in_country(country, when)]
    return list({row.person: authority.by_id[row.person] for row in rows}.values())


def measure(authority: Authority, table: Path, since: str, only: frozenset[str] | None) -> None:
    """Print the share of visits known per region, and the misses by country with who was in office then."""
    total: dict[str, list[int]] = defaultdict(lambda: [0, 0])
    misses: dict[str, list[str]] = defaultdict(list)
    with table.open(encoding="utf-8", newline="") as lines:
        rows = [row for row in csv.DictReader(lines) if row["start_date"] >= since]
    for row in rows:
        country = COUNTRY_OF.get(row["from_id"], row["from_id"])
        if only is not None and country not in only:
            continue
        hit = known(authority, country, row["visitor"], row["start_date"])
        for name in (region_of(country), "all"):
            total[name][0] += hit
            total[name][1] += 1
        if not hit:
            there = [p.caption for p in in_office(authority, country, row["start_date"])]
            misses[country].append(f"{row['start_date']} {row['visitor']}  (known then: {', '.join(there[:6])})")
    for country, lines_ in sorted(misses.items()):
        print(country, *lines_, sep="\n  ")
    for name, (hits, count) in sorted(total.items()):
        print(f"{name}: {hits} of {count} = {hits / count:.1%}")


def main() -> int:
    """Check the files, measure against the table; exit status 1 if a file has errors."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("table", nargs="?", type=Path)
    parser.add_argument("--since", default="2000")
    parser.add_argument("--region", choices=["europe", "asia", "rest"])
    parser.add_argument("--country", action="append")
    options = parser.parse_args()
    only = frozenset(options.country) if options.country else None
    if options.region:
        rest = frozenset(COUNTRY_OF.values()) - EUROPE_AMERICA - ASIA
        only = {"europe": EUROPE_AMERICA, "asia": ASIA, "rest": rest}[options.region]
    drafts, errors = read_tolerantly(FOLDER)
    authority = Authority(compile_drafts(drafts))
    for path in sorted(FOLDER.glob("*.toml")):
        if not any(error.startswith(f"{path.name}") for error in errors):
            errors.extend(overlaps(path))
    errors.extend(spellings(authority))
    if options.table:
        measure(authority, options.table, options.since, only)
    print(*errors, sep="\n")
    print(f"{len(authority.people)} people, {sum(len(p.occupancies) for p in authority.people)} offices held.")
    return 1 if errors else 0


if __name__ == "__main__":
    sys.exit(main())
