"""`/v1/…`: what the real SDK asks, answered as Stripe would, idempotency keys included."""

import json
import re
from collections.abc import Callable
from typing import Any

from . import refunds, sessions
from .errors import ApiError, missing
from .events import public
from .params import read
from .store import Body, Store

Verb = Callable[..., Body]
SOURCES = {"ch": "charge", "re": "refund", "dp": "dispute", "po": "payout"}  # by how an id begins
MOST, USUAL = 100, 10  # objects in a page of a list
LISTS = {
    "checkout/sessions": "checkout.session",
    "payment_intents": "payment_intent",
    "refunds": "refund",
    "disputes": "dispute",
    "balance_transactions": "balance_transaction",
    "payouts": "payout",
    "events": "event",
}


class Api:
    """Answers one call at a time: (status, body, headers)."""

    def __init__(self, store: Store, *, key: str, base: str, clock: Callable[[], float]) -> None:
        self.store, self.key, self.base, self.clock = store, key, base, clock

    def answer(
        self, method: str, path: str, query: str, form: str, headers: Any
    ) -> tuple[int, Body, dict[str, str]]:
        try:
            if headers.get("Authorization", "") != f"Bearer {self.key}":
                raise ApiError("Invalid API Key provided", status=401)
            asked = headers.get("Idempotency-Key", "")
            with self.store.writing():
                if method == "POST" and asked:
                    return self._once(asked, path, form)
                return (
                    200,
                    self._do(method, path, read(form) if method == "POST" else read(query)),
                    {},
                )
        except ApiError as error:
            return error.status, error.body, {}

    def _once(self, key: str, path: str, form: str) -> tuple[int, Body, dict[str, str]]:
        """The first answer under this key, whatever was asked for again; an error where something else was."""
        asked = f"POST {path} {form}"
        known = self.store.ask("SELECT asked, status, body FROM answers WHERE key = ?", key)
        if known and known[0][0] != asked:
            raise ApiError(
                "Keys for idempotent requests can only be used with the same parameters they were first used with.",
                kind="idempotency_error",
            )
        if known:
            return known[0][1], json.loads(known[0][2]), {"Idempotent-Replayed": "true"}
        try:
            status, body = 200, self._do("POST", path, read(form))
        except ApiError as error:
            if not error.is_kept:
                raise
            status, body = error.status, error.body
        self.store.ask("INSERT INTO answers VALUES (?, ?, ?, ?)", key, asked, status, json.dumps(body))
        return status, body, {}

    def _do(self, method: str, path: str, params: Body) -> Body:
        now = int(self.clock())
        place = path.removeprefix("/v1/")
        if method == "POST":
            return public(self._post(place, params, now))
        if place in LISTS:
            return self._list(place, params)
        folder, _slash, id_ = place.rpartition("/")
        if folder not in LISTS:
            raise ApiError(f"Unrecognized request URL ({method}: {path}).", status=404)
        found = self.store.get(LISTS[folder], id_)
        if found is None:
            raise missing(LISTS[folder], id_)
        return self._expanded(public(found), params.get("expand", []))

    def _post(self, place: str, params: Body, now: int) -> Body:
        if place == "checkout/sessions":
            return sessions.create(self.store, params, now=now, base=self.base)
        if closing := re.fullmatch(r"checkout/sessions/(\w+)/expire", place):
            return sessions.expire(self.store, closing[1], now=now)
        if place == "refunds":
            return refunds.create(self.store, params, now=now)
        raise ApiError(f"Unrecognized request URL (POST: /v1/{place}).", status=404)

    def _list(self, place: str, params: Body) -> Body:
        """Newest first, in pages, as the SDK walks them."""
        where = ["kind = ?"]
        values: list[str | int] = [LISTS[place]]
        for name, sign in (("gte", ">="), ("gt", ">"), ("lte", "<="), ("lt", "<")):
            if isinstance(params.get("created"), dict) and name in params["created"]:
                where.append(f"created {sign} ?")
                values.append(int(params["created"][name]))
        if "payment_intent" in params:
            where.append("paid_by = ?")
            values.append(params["payment_intent"])
        if after := params.get("starting_after"):
            number = self.store.number_of(after)
            if number is None:
                raise missing(LISTS[place], after)
            where.append("number < ?")
            values.append(number)
        limit = min(max(int(params.get("limit", USUAL)), 1), MOST)
        sql = f"SELECT body FROM objects WHERE {' AND '.join(where)} ORDER BY number DESC LIMIT ?"  # noqa: S608 - our own words
        rows = self.store.ask(sql, *values, limit + 1)
        data = [public(json.loads(body)) for (body,) in rows[:limit]]
        expand = [path.removeprefix("data.") for path in params.get("expand", [])]
        return {
            "object": "list",
            "url": f"/v1/{place}",
            "has_more": len(rows) > limit,
            "data": [self._expanded(one, expand) for one in data],
        }

    def _expanded(self, body: Body, paths: list[str]) -> Body:
        """With the objects that `paths` name in place of their ids."""
        for path in paths:
            name, _dot, rest = path.partition(".")
            kind = {"payment_intent": "payment_intent", "latest_charge": "charge"}.get(name)
            if name == "source":
                kind = SOURCES.get(str(body.get(name)).partition("_")[0])
            if kind is None:
                raise ApiError(f"This property cannot be expanded ({name}).", param="expand")
            found = self.store.get(kind, body.get(name) or "")
            if found is not None:
                body = body | {name: self._expanded(public(found), [rest] if rest else [])}
        return body
