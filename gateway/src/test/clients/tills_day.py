"""A till's day with the generated Python client. Arguments: where the gateway is, an admin's key."""
import json
import sys
import uuid
from datetime import datetime, timezone

import openapi_client as points
from openapi_client.models import (
    AccrualRequest, BatchAnswer, CaptureRequest, DeductionRequest, HoldRequest, OrderLine, ParkedAnswer, Payable,
    Problem, Refund, RefundLine, RefundRequest, RollingValidity, StoreRequest)

STORE = "py-1"
MEMBER = "py-member"


def key():
    return str(uuid.uuid4())


def same(expected, found):
    if expected != found:
        raise AssertionError(f"expected {expected}, found {found}")


def order(order_id, amount, **more):
    lines = [OrderLine(line_id=line, product_id="P1", quantity=1, amount=amount * share // 10)
             for line, share in (("a", 6), ("b", 4))]
    return AccrualRequest(member_id=MEMBER, store_id=STORE, order_id=order_id, amount=amount, lines=lines,
                          occurred_at=datetime.now(timezone.utc), **more)


def opens(client):
    set_up = points.ChainSetUpApi(client)
    for store in (STORE, "py-2"):
        same(store, set_up.create_store(key(), StoreRequest(store_id=store, name="Store")).store_id)
    seen, cursor = [], None
    while True:
        page = set_up.list_stores(cursor=cursor, limit=1)
        seen += [it.store_id for it in page.items]
        cursor = page.next_cursor
        same(page.has_more, cursor is not None)
        if cursor is None:
            break
    same(True, {STORE, "py-2"} <= set(seen))
    validity = set_up.get_program().validity.actual_instance
    same(True, isinstance(validity, RollingValidity))
    same("P12M", validity.period)


def sells(client):
    earning = points.EarningApi(client)
    first = earning.accrue(key(), order("py-1", 10_000))
    same((100, 100, 2), (first.points, first.balance, len(first.lines)))
    sold = first.lines[0]
    same(("P1", None, 1, 6_000, 60), (sold.product_id, sold.category, sold.quantity, sold.amount, sold.points))
    second = earning.accrue(key(), order("py-2", 2_000, pay=Payable(points=10)))
    same((10, 110), (second.paid.points, second.balance))


def refuses(client):
    too_many = DeductionRequest(member_id=MEMBER, store_id=STORE, points=1_000, reason="a bicycle")
    try:
        points.SpendingApi(client).deduct(key(), too_many)
    except points.ApiException as refused:
        problem = Problem.from_json(refused.body)
        same((409, "insufficient_points", 110), (refused.status, problem.code, problem.available))
    else:
        raise AssertionError("more was spent than there is")


def holds_and_captures(client):
    spending = points.SpendingApi(client)
    hold = spending.place_hold(key(), HoldRequest(member_id=MEMBER, store_id=STORE, points=30, order_id="py-3"))
    same((30, 80), (hold.points, hold.balance))
    capture = spending.capture_hold(hold.hold_id, key(), capture_request=CaptureRequest(points=20))
    same((20, 10), (capture.points, capture.released))
    same("captured", spending.get_hold(hold.hold_id).status)


def refunds(client):
    undoing = points.UndoingApi(client)
    line = RefundRequest(store_id=STORE, order_id="py-1", refund_id="R1", lines=[RefundLine(line_id="b")])
    refund = undoing.refund(key(), line).actual_instance
    same(True, isinstance(refund, Refund))
    same((40, False), (refund.points_taken_back, refund.whole))
    early = RefundRequest(store_id=STORE, order_id="py-9", refund_id="R1", member_id=MEMBER)
    parked = undoing.refund(key(), early).actual_instance
    same(True, isinstance(parked, ParkedAnswer))
    same("py-9", parked.order_id)
    same(True, len(undoing.list_parked_refunds(limit=200).items) > 0)


def brings_what_was_sold_offline(client):
    lines = ""
    for order_id in ("py-4", "py-5"):
        body = client.sanitize_for_serialization(order(order_id, 1_000))
        lines += json.dumps({"type": "accrual", "key": key(), **body}) + "\n"
    answers = [BatchAnswer.from_json(line)
               for line in points.BatchesApi(client).submit_batch(lines, _content_type="text/plain").decode().strip().split("\n")]
    same([(1, 201), (2, 201)], [(it.line, it.status) for it in answers])


def looks_back(client):
    members = points.MembersApi(client)
    kinds, cursor = [], None
    while True:
        page = members.list_entries(MEMBER, cursor=cursor, limit=2)
        kinds += [it.kind for it in page.items]
        cursor = page.next_cursor
        if cursor is None:
            break
    balance = members.get_balance(MEMBER)
    same(balance.sequence, len(kinds))
    same(True, {"accrual", "hold", "capture", "refund"} <= set(kinds))
    same((70, 70), (balance.available, balance.next_expiry.points))
    found = points.TransactionsApi(client).find_transactions(STORE, "py-4")
    same((1, None), (len(found.items), found.next_cursor))
    same("active", members.get_member(MEMBER).status)


def lives_with_a_later_gateway():
    """Fields and values that are new some day do not stop a client of today."""
    later = {"type": "urn:points:problem:new", "title": "New", "status": 409, "detail": "New", "code": "brand_new",
             "requestId": "r", "retryable": False, "hint": {"of": "later"}}
    same("brand_new", Problem.from_json(json.dumps(later)).code)


def day(where, admins_key):
    with points.ApiClient(points.Configuration(host=where, access_token=admins_key)) as client:
        opens(client)
        sells(client)
        refuses(client)
        holds_and_captures(client)
        refunds(client)
        brings_what_was_sold_offline(client)
        looks_back(client)
    lives_with_a_later_gateway()
    print("a till's day in Python is over")


day(*sys.argv[1:])
