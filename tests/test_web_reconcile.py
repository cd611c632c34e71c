"""The Reconciliation Service API 0.2, as OpenRefine asks: from its server, and from its pages in the browser."""

import json
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from starlette.testclient import TestClient
from web_site import build, client

PATH = "/api/v1/reconcile"
TEXT = {"type": "string"}
TYPES = {
    "type": "array",
    "items": {"anyOf": [TEXT, {"type": "object", "properties": {"id": TEXT, "name": TEXT}, "required": ["id"]}]},
}
SERVICE = {"type": "object", "properties": {"service_url": TEXT, "service_path": TEXT}}
# What chapters 4 to 6 of the specification ask of the answers, in our words.
MANIFEST = {
    "type": "object", "required": ["versions", "name", "identifierSpace", "schemaSpace"],
    "properties": {
        "versions": {"type": "array", "items": TEXT, "contains": {"const": "0.2"}}, "name": TEXT, "identifierSpace": TEXT,
        "schemaSpace": TEXT, "documentation": TEXT, "defaultTypes": TYPES,
        "view": {"type": "object", "required": ["url"], "properties": {"url": {"type": "string", "pattern": "\\{\\{id\\}\\}"}}},
        "suggest": {"type": "object", "properties": {"entity": SERVICE, "property": SERVICE, "type": SERVICE}},
        "preview": {"type": "object", "required": ["url", "width", "height"], "properties": {
            "url": {"type": "string", "pattern": "\\{\\{id\\}\\}"}, "width": {"type": "integer"}, "height": {"type": "integer"}}},
    },
}  # fmt: skip
FEATURE = {"type": "object", "properties": {"id": TEXT, "value": {"type": ["number", "boolean"]}}}
CANDIDATE = {
    "type": "object", "required": ["id", "name", "score"],
    "properties": {"id": TEXT, "name": TEXT, "description": TEXT, "score": {"type": "number"}, "match": {"type": "boolean"},
                   "type": TYPES, "features": {"type": "array", "items": FEATURE}},
}  # fmt: skip
RESULTS = {
    "type": "object",
    "additionalProperties": {"type": "object", "required": ["result"], "properties": {"result": {"type": "array", "items": CANDIDATE}}},
}  # fmt: skip
SUGGESTED = {
    "type": "object", "required": ["result"],
    "properties": {"result": {"type": "array", "items": {
        "type": "object", "required": ["id", "name"],
        "properties": {"id": TEXT, "name": TEXT, "description": TEXT, "notable": TYPES}}}},
}  # fmt: skip


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory, sample: Path) -> TestClient:
    return client(build(tmp_path_factory.mktemp("web") / "record.db", sample), public=True, per_minute=1000)


def fits(schema: dict[str, Any], body: Any) -> Any:
    Draft202012Validator.check_schema(schema)
    assert [error.message for error in Draft202012Validator(schema).iter_errors(body)] == []
    return body


def asked(site: TestClient, **queries: dict[str, Any]) -> Any:
    answer = site.post(PATH, data={"queries": json.dumps(queries)})
    assert answer.status_code == 200, answer.text
    assert answer.json() == site.get(PATH, params={"queries": json.dumps(queries)}).json()
    return fits(RESULTS, answer.json())


def test_the_service_describes_itself(site: TestClient) -> None:
    told = fits(MANIFEST, site.get(PATH).json())
    person = site.get("/p/ru-vladimir-putin")
    assert person.status_code == 200
    assert told["view"]["url"].replace("{{id}}", "ru-vladimir-putin") == str(person.url)
    assert site.get(told["documentation"]).status_code == 200
    for service in told["suggest"].values():
        assert service["service_url"] == "http://testserver"
        fits(SUGGESTED, site.get(service["service_path"], params={"prefix": "p"}).json())


def test_names_in_any_spelling_are_matched(site: TestClient) -> None:
    found = asked(
        site, q0={"query": "Wladimir Putin", "limit": 1}, q1={"query": "Путин, Владимир"}, q2={"query": "Xqzt Nobody"},
        q3={"query": "Sergej Lawrow", "type": "Person", "type_strict": "should"}, q4={"query": "Putin", "type": ["Place"]},
    )  # fmt: skip
    assert [one["id"] for one in found["q0"]["result"]] == ["ru-vladimir-putin"] and found["q0"]["result"][0]["match"]
    assert found["q1"]["result"][0]["id"] == "ru-vladimir-putin"
    assert not any(one["match"] for one in found["q2"]["result"])
    assert found["q3"]["result"][0]["id"] == "ru-sergey-lavrov"
    assert found["q4"]["result"] == []


@pytest.mark.parametrize("right", ["RU", "Russland", "Russia", {"id": "RU", "name": "x"}, ["Russia", "KP"]])
def test_a_country_narrows(site: TestClient, right: Any) -> None:
    def first(value: Any) -> dict[str, Any]:
        query = {"query": "Sergey Lavrov", "properties": [{"pid": "country", "v": value}]}
        return dict(asked(site, q=query)["q"]["result"][0])

    assert first(right)["match"] and {"id": "country", "value": True} in first(right)["features"]
    assert not first("KP")["match"] and first("KP")["score"] < first(right)["score"]


def test_what_is_no_batch_is_refused(site: TestClient) -> None:
    for text in (
        "",
        "[]",
        "x",
        '{"q": 1}',
        '{"q": {"query": "a", "more": 1}}',
        json.dumps({str(n): {"query": "a"} for n in range(101)}),
    ):
        answer = site.post(PATH, data={"queries": text})
        assert answer.status_code == 400 and answer.json()["status"] == 400, text
    assert site.get(PATH, params={"query": "Putin"}).status_code == 400


def test_names_are_completed_and_shown(site: TestClient) -> None:
    found = fits(SUGGESTED, site.get(f"{PATH}/suggest/entity", params={"prefix": "put"}).json())["result"]
    assert "ru-vladimir-putin" in {one["id"] for one in found}
    assert "utin" not in "".join(one["name"] for one in site.get(f"{PATH}/suggest/entity?prefix=utin").json()["result"])
    assert site.get(f"{PATH}/suggest/entity?prefix=put&cursor={len(found)}").json() == {"result": []}
    assert site.get(f"{PATH}/suggest/type?prefix=per").json()["result"][0]["id"] == "Person"
    assert site.get(f"{PATH}/suggest/property?prefix=cou").json()["result"][0]["id"] == "country"
    assert site.get(f"{PATH}/suggest/place?prefix=a").status_code == 400
    page = site.get(f"{PATH}/preview?id=ru-vladimir-putin")
    assert (
        page.status_code == 200 and "http://testserver/p/ru-vladimir-putin" in page.text and "<script" not in page.text
    )
    assert site.get(f"{PATH}/preview?id=nobody").status_code == 404


def test_only_a_public_record_or_a_page_of_this_machine_is_shown_to_other_sites(
    site: TestClient, tmp_path: Path, sample: Path
) -> None:
    far, near = {"Origin": "https://refine.example"}, {"Origin": "http://127.0.0.1:3333"}
    assert site.get(PATH, headers=far).headers["access-control-allow-origin"] == "*"
    cross = far | {"Sec-Fetch-Site": "cross-site"}
    assert site.post(PATH, data={"queries": "{}"}, headers=cross).status_code == 200
    assert site.post("/api/v1/read", json={"text": "x"}, headers=cross).status_code == 403
    assert "frame-ancestors *" in site.get(f"{PATH}/preview?id=a").headers["content-security-policy"]
    assert "x-frame-options" not in site.get(f"{PATH}/preview?id=a").headers
    for address in ("/", "/api/v1/people"):
        answer = site.get(address, headers=far)
        assert "access-control-allow-origin" not in answer.headers and answer.headers["x-frame-options"] == "DENY"
    own = client(build(tmp_path / "record.db", sample))
    assert own.get(PATH, headers=near).headers["access-control-allow-origin"] == near["Origin"]
    assert "access-control-allow-origin" not in own.get(PATH, headers=far).headers
    assert own.post(PATH, data={"queries": "{}"}, headers=cross).status_code == 403
    assert "frame-ancestors http://localhost:*" in own.get(f"{PATH}/preview?id=a").headers["content-security-policy"]
