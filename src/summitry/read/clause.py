"""A clause as the parser fills it."""

from summitry.read.phrase import Phrase
from summitry.read.verbs import FINITE, Verb


class Clause:
    """One statement: its phrases and verbs in order, its marker, and the clause it depends on."""

    __slots__ = (
        "antecedent", "cond", "contact", "end", "future", "kind", "main", "marker", "modal", "negated", "own_subject", "parent", "passive",
        "as_planned", "complement", "open", "phrases", "quoted", "reported", "ruled_out", "shared", "spans", "start", "subject", "tense", "told", "unreal", "verbs",
    )  # fmt: skip

    def __init__(self, start: int, kind: str) -> None:
        self.start = start
        self.end = start
        self.kind = kind  # main | relative | subordinate | infinitive | participle
        self.marker: str | None = None
        self.phrases: list[Phrase] = []
        self.ruled_out: list[Phrase] = []  # what it names only to say that another was in its place
        self.verbs: list[Verb] = []
        self.parent: Clause | None = None
        self.antecedent: Phrase | None = None
        self.main: Verb | None = None
        self.tense = "present"
        self.passive = False
        self.negated = False
        self.modal: str | None = None
        self.cond = False
        self.contact = False  # a relative clause without its pronoun: "the talks he held"
        self.future = False
        self.reported = False
        self.open = False  # not decided: "ob", "bereit"
        self.complement = (
            False  # a participle that its verb or noun governs: "considers visiting", "his idea of visiting"
        )
        self.as_planned = False  # "wie vorgesehen"
        self.told = False  # "that": what somebody says
        self.unreal = False  # what should have happened and did not
        self.quoted = False
        self.subject: list[Phrase] = []
        self.own_subject = False
        self.shared: Verb | None = None  # the auxiliary of the clause before, which serves here too
        self.spans: list[tuple[int, int]] = []  # the stretches of tokens that are its own

    @property
    def finite(self) -> bool:
        return any(v.form in FINITE for v in self.verbs)

    def __repr__(self) -> str:
        marks = [self.tense] + [n for n in ("passive", "negated", "cond", "future", "reported") if getattr(self, n)]
        return f"<{self.kind}{':' + self.marker if self.marker else ''} {self.main} {' '.join(marks)} {self.modal or ''} subj={self.subject} {self.phrases}>"
