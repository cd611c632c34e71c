"""The tables of the record (DESIGN §2 and 3), so that one file says what is kept and how it is found again.

Three layers: what was said (`articles`, `reports`, `claims`), what it comes to (`encounters` with `participations`,
`pairs` and `texts`, all derivable from the first layer, the code and the judgements), and what people decided
(`judgements`, `coverage`). `changes` is the history. Days are ISO strings; an unknown bound is stored as EVER or
NEVER, because a range with a NULL in it cannot use an index.
"""

from typing import Final

from sqlalchemy import Column, Float, ForeignKey, Index, Integer, LargeBinary, MetaData, String, Table, Text, text
from sqlalchemy.dialects import postgresql

EVER: Final = "0000-00-00"  # before every day: the lower bound of what may have happened at any time
NEVER: Final = "9999-99-99"  # after every day

CHUNK: Final = 5_000  # ids in one statement; both engines take more

VERSION_TABLE: Final = "summitry_schema"
REVISIONS: Final = (
    "0001",
    "0002",
    "0003",
    "0004",
    "0005",
)  # every version of the tables, oldest first; the last is what this code writes

# Keys are compared byte by byte on every engine: sort keys and cursors must not depend on a server's locale.
Key: Final = String().with_variant(postgresql.VARCHAR(collation="C"), "postgresql")

metadata: Final = MetaData(
    naming_convention={
        "pk": "pk_%(table_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    }
)

runs: Final = Table(
    "runs",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("time", Key, nullable=False),
    Column("what", Text, nullable=False),
    Column("version", Text, nullable=False),
)

articles: Final = Table(
    "articles",
    metadata,
    Column("id", Key, primary_key=True),
    Column("key", Text),
    Column("source", Text, nullable=False),
    Column("url", Text),
    Column("lang", Text),
    Column("published", Text),
    Column("title", Text),
    Column("text", Text, nullable=False),
    Column("signature", LargeBinary),  # by which near-identical copies are told
    Column("added", Key, nullable=False),
    Index(None, "key"),
    Index(None, "url"),
)

reports: Final = Table(
    "reports",
    metadata,
    Column("id", Key, primary_key=True),
    Column("article", Key, ForeignKey("articles.id"), nullable=False),
    Column("place", Integer, nullable=False),  # its place in the article's reading
    Column("start", Integer, nullable=False),  # where its evidence begins
    Column("number", Integer, nullable=False),  # among the reports whose evidence begins there
    Column("kind", Text, nullable=False),
    Column("status", Text, nullable=False),
    Column("date", Text),
    Column("host_country", Key),
    Column("body", Text, nullable=False),  # model.Report as JSON
    Column("encounter", Key),
    Index(None, "article", "place"),
    Index(None, "encounter"),
)

# Where merging looks for reports of the same encounter; the keys are the merger's own.
filed: Final = Table(
    "filed",
    metadata,
    Column("key", Key, primary_key=True),
    Column("report", Key, ForeignKey("reports.id", ondelete="CASCADE"), primary_key=True),
    Index(None, "report"),
    sqlite_with_rowid=False,
)

# Every name as a report prints it, so that the people of a country can be told without reading the reports.
mentions: Final = Table(
    "mentions",
    metadata,
    Column("report", Key, ForeignKey("reports.id", ondelete="CASCADE"), primary_key=True),
    Column("number", Integer, primary_key=True),  # among the guests, then the hosts, of the report
    Column("country", Key, nullable=False),  # "" where the report does not say
    Column("name", Key, nullable=False),
    Column("person", Key),  # whom the authority knows it to be
    Index(None, "country", "name", "person", "report"),
    sqlite_with_rowid=False,
)

claims: Final = Table(
    "claims",
    metadata,
    Column("article", Key, ForeignKey("articles.id"), primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("type", Text, nullable=False),
    Column("body", Text, nullable=False),
)

# Kept in the order of a chronicle, and narrow: what an encounter looks like is in `bodies`.
encounters: Final = Table(
    "encounters",
    metadata,
    Column("sort", Key, primary_key=True),  # first day | last day | place in the oldest report
    Column("id", Key, primary_key=True),
    Column("kind", Key, nullable=False),
    Column("status", Key, nullable=False),
    Column("date", Text),
    Column("earliest", Key, nullable=False),
    Column("latest", Key, nullable=False),
    Column("host_country", Key),
    Column("level", Integer),  # rank of the highest guest in kinds.LEVELS; NULL where no guest's level is known
    Column("unlevelled", Integer, nullable=False),  # how many guests' levels are not known
    Column("sides", Integer, nullable=False),  # how many countries took part
    Column("place", Key),  # folded
    Column("place_country", Key),  # where the place lies, which may not be the host: Dakar was French once
    Column("sector", Key),  # of a delegation, folded
    Column("marks", Key, nullable=False),  # its activities, each between bars: "|stop-over|summit|"
    Column("item", Key, nullable=False),  # the words of the oldest report: sister delegations share them
    Column("parent", Key),
    Column("withdrawn", Integer, nullable=False, default=0),
    Index(None, "id", unique=True),
    Index(None, "parent"),
    Index(None, "host_country", "earliest"),
    sqlite_with_rowid=False,
)

bodies: Final = Table(
    "bodies",
    metadata,
    Column("encounter", Key, primary_key=True),
    Column("body", Text, nullable=False),  # model.Encounter without sources, corrections applied
    Column("merged", Text),  # the same before corrections, so that they can be undone; NULL where there are none
)

participations: Final = Table(
    "participations",
    metadata,
    Column("encounter", Key, primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("side", Key, nullable=False),  # guest | host; "seat": only the host country is known, nobody is named
    Column("country", Key),
    Column("person", Key),
    Column("name", Text),
    Column("folded", Key),
    Column("who", Key),  # the identity, else the folded name: by what people are told apart
    Column("role", Text),
    Column("level", Integer),
    Column("capacity", Key),  # where it is not the office held: "president-elect"
    Column("kind", Key, nullable=False),
    Column("status", Key, nullable=False),
    Column("host_country", Key),
    Column("earliest", Key, nullable=False),
    Column("latest", Key, nullable=False),
    Column("after", Key, nullable=False),  # the day after the latest: a visit that begins by then may go on with it
    Column("exact", Integer, nullable=False),  # whether its days are known
    Column("sort", Key, nullable=False),  # of the encounter
    Index(None, "country", "side", "earliest", "latest", "encounter"),
    Index(None, "person", "folded", "encounter"),
    # Whoever counts travellers, trips or directions over a whole record reads one of these and nothing else.
    Index(
        "ix_participations_travel",
        "side",
        "country",
        "who",
        "earliest",
        "latest",
        "after",
        "exact",
        "kind",
        "status",
        "encounter",
        "number",
        "host_country",
    ),
    Index(
        "ix_participations_ways",
        "side",
        "country",
        "host_country",
        "sort",
        "encounter",
        "kind",
        "status",
        "earliest",
        "latest",
    ),
    Index("ix_participations_sides", "country", "sort", "encounter", "kind", "status", "earliest", "latest"),
    sqlite_with_rowid=False,
)

pairs: Final = Table(
    "pairs",
    metadata,
    Column("pair", Key, primary_key=True),  # "KP|RU": both countries took part, in alphabetical order
    Column("encounter", Key, primary_key=True),
    Column("kind", Key, nullable=False),
    Column("status", Key, nullable=False),
    Column("earliest", Key, nullable=False),
    Column("latest", Key, nullable=False),
    Index(None, "encounter"),
    sqlite_with_rowid=False,
)

# What a free search looks through; apart from `encounters` so that an engine's own full-text index can sit beside it.
texts: Final = Table(
    "texts",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("encounter", Key, nullable=False),
    Column("text", Text, nullable=False),
    Index(None, "encounter", unique=True),
)

# That index where the engine is SQLite: FTS5 of the trigrams in `texts`, kept by triggers. No part of the metadata, as
# no other engine has it; made by the migration. PostgreSQL has one of the same name on the table itself (pg_trgm), which
# it uses unasked.
texts_index: Final = Table("texts_index", MetaData(), Column("rowid", Integer), Column("text", Text))
TRIGRAM: Final = 3  # letters below which it finds nothing

redirects: Final = Table(
    "redirects",
    metadata,
    Column("old", Key, primary_key=True),
    Column("new", Key, nullable=False),
    Column("time", Key, nullable=False),
    Index(None, "new"),
)

# Encounters that may be one, for a person to decide.
proposals: Final = Table(
    "proposals",
    metadata,
    Column("first", Key, primary_key=True),
    Column("second", Key, primary_key=True),
    Column("score", Float, nullable=False),
    Column("detail", Text, nullable=False),
    Index(None, "second"),
    Index(None, "score"),
)

# What is filed but not settled: countries whose people, and encounters whose summits, are to be told anew. No foreign
# keys, as encounters come and go.
unsettled: Final = Table(
    "unsettled",
    metadata,
    Column("what", Key, primary_key=True),  # people | encounter
    Column("key", Key, primary_key=True),
    sqlite_with_rowid=False,
)

people: Final = Table(
    "people",
    metadata,
    Column("id", Key, primary_key=True),
    Column("caption", Text, nullable=False),
    Column("country", Key),
    Index(None, "country"),
)

person_names: Final = Table(
    "person_names",
    metadata,
    Column("person", Key, ForeignKey("people.id", ondelete="CASCADE"), primary_key=True),
    Column("name", Key, primary_key=True),
    Column("country", Key, primary_key=True),  # for which they are so called, "" where the report does not say
    Column("folded", Key, nullable=False),
    Column("printed", Integer, nullable=False),  # 0 for a caption that no report prints
    Index(None, "folded"),
    Index(None, "name"),
    Index(None, "country"),
)

judgements: Final = Table(
    "judgements",
    metadata,
    Column("id", Key, primary_key=True),
    Column("subject", Key, nullable=False),
    Column("object", Key),
    Column("verdict", Text, nullable=False),
    Column("author", Text, nullable=False),
    Column("time", Key, nullable=False),
    Column("field", Text),
    Column("value", Text),  # JSON
    Column("reason", Text),
    Column("invalidated", Key),
    Index(None, "subject"),
    Index(None, "object"),
)

coverage: Final = Table(
    "coverage",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("time", Key, nullable=False),
    Column("body", Text, nullable=False),
    Column("invalidated", Key),
)

_MERGED: Final = text("other IS NOT NULL")  # few changes are merges

changes: Final = Table(
    "changes",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("encounter", Key, nullable=False),
    Column("time", Key, nullable=False),
    Column("what", Text, nullable=False),  # created | changed | merged | vanished | withdrawn | restored
    Column("other", Key),  # the encounter that a merged one became part of
    Column("body", Text),  # the encounter as it stood from then on
    Column("reports", Text),  # ids of the reports behind it, one a line
    Column("run", Integer),
    Index(None, "encounter", "id"),
    Index(None, "other", sqlite_where=_MERGED, postgresql_where=_MERGED),
    Index(None, "time"),
)
