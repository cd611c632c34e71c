"""The review queue: decisions, undo, bulk, two reviewers."""

import re
from pathlib import Path

import pytest
from starlette.testclient import TestClient
from web_site import client, copy

from summitry import Record
from summitry.ask.agreement import agreements, kappa, overruled
from summitry.model import Judgement
from summitry.web.accounts import add
from summitry.web.locks import HELD, Locks


def opened(web: TestClient) -> str:
    """The item that the queue shows."""
    return str(web.get("/review").headers.get("location", "")).removeprefix("/review/")


def single(web: TestClient) -> str:
    """The first item that is no pair; pairs before it are put off."""
    while "~" in (item := opened(web)):
        web.post(f"/review/{item}", data={"verdict": "later"})
    return item


def on_singles(record: Record, **which: bool) -> list[Judgement]:
    """What was decided on encounters; pairs that were put off on the way to them do not count."""
    return [one for one in record.judgements(**which) if "~" not in one.subject]


def test_decide_and_undo_without_limit(tmp_path: Path, path: Path) -> None:
    here = copy(path, tmp_path)
    web = client(here)
    with Record.open(here) as record:
        before = [one.id for one in record.encounters()]
    seen = []
    for verdict in ("later", "accept", "unsure", "accept", "withdraw", "later", "accept"):
        item = single(web)
        seen.append(item)
        answer = web.post(f"/review/{item}", data={"verdict": verdict, "reason": "misread"})
        assert answer.status_code == 303 and item not in answer.headers["location"]
    assert len(set(seen)) == len(seen)
    again = client(here)  # the server was started anew: decisions are in the record
    assert single(again) not in {seen[1], seen[2], seen[3], seen[4], seen[6]}
    undone = 0
    while web.post("/review/undo").headers["location"] != "/review":
        undone += 1
    assert undone >= len(seen)
    with Record.open(here) as record:
        assert [one.id for one in record.encounters()] == before
        assert record.judgements(active=True) == []
        assert len(on_singles(record)) == 7  # two of them put off


def test_a_rejection_needs_a_reason_and_takes_the_encounter_out(tmp_path: Path, path: Path) -> None:
    web = client(copy(path, tmp_path))
    item = single(web)
    assert web.post(f"/review/{item}", data={"verdict": "withdraw"}).status_code == 400
    assert web.post(f"/review/{item}", data={"verdict": "nonsense"}).status_code == 400
    web.post(f"/review/{item}", data={"verdict": "withdraw", "reason": "domestic"})
    assert web.get(f"/e/{item}").status_code == 410
    assert item not in web.get("/encounters").text
    assert web.post("/review/undo").headers["location"] == f"/review/{item}"
    assert item in web.get("/encounters").text


def test_pairs_are_merged_or_kept_apart(tmp_path: Path, path: Path) -> None:
    here = copy(path, tmp_path)
    web = client(here)
    item = opened(web)
    if "~" not in item:
        pytest.skip("the record proposes no duplicates")
    first, _, second = item.partition("~")
    web.post(f"/review/{item}", data={"verdict": "same"})
    statuses = {web.get(f"/e/{one}").status_code for one in (first, second)}
    assert statuses == {200, 308}
    web.post("/review/undo")
    assert {web.get(f"/e/{one}").status_code for one in (first, second)} == {200}
    web.post(f"/review/{item}", data={"verdict": "different"})
    assert opened(web) != item
    assert {web.get(f"/e/{one}").status_code for one in (first, second)} == {200}


def test_editing_corrects_what_was_changed_and_accepts(tmp_path: Path, path: Path) -> None:
    here = copy(path, tmp_path)
    web = client(here)
    item = single(web)
    text = web.get(f"/review/{item}").text
    fields = dict(re.findall(r'<input id="f-(\w+)" name="\w+" type="text" value="([^"]*)"', text))
    fields |= dict(re.findall(r'<select id="f-(\w+)".*?value="([\w-]+)" selected', text, re.S))
    answer = web.post(f"/review/{item}/edit", data=fields | {"place": "Ort Berichtigt", "reason": "steht so im Text"})
    assert answer.status_code == 303
    with Record.open(here) as record:
        found = record.encounter(item)
        made = [(one.verdict, one.field) for one in on_singles(record, active=True)]
    assert found and found.place and found.place.name == "Ort Berichtigt"
    assert made == [("correct", "place"), ("accept", None)]


def test_bulk_is_one_decision(tmp_path: Path, path: Path) -> None:
    here = copy(path, tmp_path)
    web = client(here)
    link = re.search(r'data-key="b" href="([^"]+)"', web.get(f"/review/{single(web)}").text)
    assert link
    page = web.get(link[1].replace("&amp;", "&")).text
    number = page.count('<li class="entry')
    source, rule = (re.search(f'name="{name}" value="([^"]*)"', page)[1] for name in ("source", "rule"))  # type: ignore[index]
    web.post("/review/bulk", data={"source": source, "rule": rule})
    with Record.open(here) as record:
        assert len(on_singles(record, active=True)) == number
    web.post("/review/undo")
    with Record.open(here) as record:
        assert on_singles(record, active=True) == []


def test_two_reviewers_never_get_the_same_item(tmp_path: Path, path: Path) -> None:
    accounts = tmp_path / "accounts.json"
    tokens = [add(accounts, name, "reviewer") for name in ("Ada", "Ben")]
    web = client(copy(path, tmp_path), accounts=accounts)
    headers = [{"Authorization": f"Bearer {token}"} for token in tokens]
    decided: list[str] = []
    for _ in range(6):
        items = [web.get("/review", headers=one).headers["location"].removeprefix("/review/") for one in headers]
        assert items[0] != items[1]
        for item, one in zip(items, headers, strict=True):
            verdict = "different" if "~" in item else "accept"
            web.post(f"/review/{item}", data={"verdict": verdict}, headers=one)
        decided += items
    assert len(set(decided)) == len(decided)


def test_what_one_is_unsure_of_comes_to_another(tmp_path: Path, path: Path) -> None:
    accounts = tmp_path / "accounts.json"
    tokens = [add(accounts, name, "reviewer") for name in ("Ada", "Ben")]
    web = client(copy(path, tmp_path), accounts=accounts)
    ada, ben = ({"Authorization": f"Bearer {token}"} for token in tokens)
    web.headers.update(ada)
    item = single(web)
    web.post(f"/review/{item}", data={"verdict": "unsure"})
    left = re.search(r"(\d+) left", web.get(f"/review/{item}").text)
    web.headers.update(ben)
    theirs = re.search(r"(\d+) left", web.get(f"/review/{item}").text)
    assert left and theirs and int(theirs[1]) > int(left[1])


def test_locks_end(monkeypatch: pytest.MonkeyPatch) -> None:
    locks, now = Locks(), [0.0]
    monkeypatch.setattr("summitry.web.locks.time.monotonic", lambda: now[0])
    assert locks.take("a", "Ada") and locks.take("a", "Ada") and not locks.take("a", "Ben")
    now[0] = HELD + 1
    assert locks.take("a", "Ben") and not locks.take("a", "Ada")
    locks.release("a", "Ada")
    assert not locks.take("a", "Ada")
    locks.release("a", "Ben")
    assert locks.take("a", "Ada")


def test_two_people_decide_and_an_editor_settles(tmp_path: Path, path: Path) -> None:
    accounts = tmp_path / "accounts.json"
    roles = {"Ada": "reviewer", "Ben": "reviewer", "Eva": "editor"}
    headers = {name: {"Authorization": f"Bearer {add(accounts, name, role)}"} for name, role in roles.items()}
    here = copy(path, tmp_path)
    web = client(here, accounts=accounts, reviewers=2)
    with Record.open(here) as record:
        shared, parted = [one.id for one in record.encounters()][:2]

    def say(who: str, item: str, verdict: str) -> None:
        data = {"verdict": verdict, "reason": "misread"}
        assert web.post(f"/review/{item}", data=data, headers=headers[who]).status_code == 303

    say("Ada", shared, "withdraw")
    assert web.get(f"/e/{shared}").status_code == 200  # one no is an opinion
    say("Ben", shared, "withdraw")
    assert web.get(f"/e/{shared}").status_code == 410
    say("Ada", parted, "accept")
    say("Ben", parted, "withdraw")
    assert web.get(f"/e/{parted}").status_code == 200
    assert web.get("/review", headers=headers["Eva"]).headers["location"] == f"/review/{parted}"
    assert "Two people disagree" in web.get(f"/review/{parted}", headers=headers["Eva"]).text
    say("Eva", parted, "withdraw")
    assert web.get(f"/e/{parted}").status_code == 410


def test_what_was_put_off_stays_put_off_until_nothing_else_is_left(tmp_path: Path, path: Path) -> None:
    here = copy(path, tmp_path)
    first = opened(client(here))
    client(here).post(f"/review/{first}", data={"verdict": "later"})
    web = client(here)  # started anew
    assert opened(web) != first
    before = re.search(r"(\d+) left", web.get(f"/review/{opened(web)}").text)
    for _ in range(500):
        item = opened(web)
        if not item:
            break
        web.post(f"/review/{item}", data={"verdict": "later"})
    page = web.get("/review").text
    number = re.search(r"You put (\d+) items off", page)
    assert before and number and int(number[1]) == int(before[1]) + 1
    assert "put off" not in web.get(f"/e/{item_of(here)}").text
    assert web.post("/review/again").status_code == 303
    assert opened(web) == first
    with Record.open(here) as record:
        assert record.judgements(active=True) == []


def item_of(path: Path) -> str:
    with Record.open(path) as record:
        return record.encounters()[-1].id


def test_agreement_and_overruled_decisions(tmp_path: Path, path: Path) -> None:
    accounts = tmp_path / "accounts.json"
    roles = {"Ada": "reviewer", "Ben": "reviewer", "Eva": "editor"}
    headers = {name: {"Authorization": f"Bearer {add(accounts, name, role)}"} for name, role in roles.items()}
    here = copy(path, tmp_path)
    web = client(here, accounts=accounts, reviewers=2)
    with Record.open(here) as record:
        items = [one.id for one in record.encounters()][:5]
    assert "No two people" in web.get("/review/stats", headers=headers["Ada"]).text

    def say(who: str, item: str, verdict: str) -> None:
        data = {"verdict": verdict, "reason": "misread"}
        assert web.post(f"/review/{item}", data=data, headers=headers[who]).status_code == 303

    for item, (ada, ben) in zip(items, ["aa", "aa", "ww", "aw", "wa"], strict=True):
        say("Ada", item, {"a": "accept", "w": "withdraw"}[ada])
        say("Ben", item, {"a": "accept", "w": "withdraw"}[ben])
    say("Eva", items[3], "withdraw")
    with Record.open(here) as record:
        (found,) = agreements(record)
        ours = {who: [(one.own.subject, one.by.author) for one in overruled(record, who)] for who in roles}
    # alike on 3 of 5; Ada and Ben both say yes to 3 of 5: expected by chance .36 + .16 = .52
    assert found[:4] == ("Ada", "Ben", 5, 3) and found.kappa == pytest.approx((0.6 - 0.52) / 0.48, abs=1e-6)
    assert ours == {"Ada": [(items[3], "Eva")], "Ben": [], "Eva": []}
    page = web.get("/review/stats", headers=headers["Ben"]).text
    assert "Ada – Ben" in page and "60%" in page and "0.17" in page
    page = web.get("/review/overruled", headers=headers["Ada"]).text
    assert items[3] in page and "Eva: rejected" in page
    assert "what you decided holds" in web.get("/review/overruled", headers=headers["Ben"]).text


def test_kappa() -> None:
    both = [(True, True)] * 20 + [(True, False)] * 5 + [(False, True)] * 10 + [(False, False)] * 15
    assert kappa(both) == pytest.approx(0.4)  # the usual worked example of 50 proposals
    assert kappa([(True, True)] * 9) is None
    assert kappa([(True, False), (False, True)]) == -1
