"""What schemathesis can't know: identifiers of things that are there, so that calls get further than 404."""

import json
import os
import random
import re
import urllib.request

import schemathesis

BASE = os.environ["PERENNIAL_URL"] + "/api/v1"
KEY = os.environ["PERENNIAL_KEY"]

# where a list of things is, by the first part of the addresses that name one of them
LISTS = {
    "audiences": "/audiences",
    "automations": "/automations",
    "campaigns": "/campaigns",
    "customers": "/customers?limit=20",
    "deliveries": "/deliveries?limit=20",
    "images": "/images",
    "inbox": "/inbox?limit=5",
    "providers": "/providers",
    "rewards": "/rewards?limit=20",
    "segments": "/segments",
    "surveys": "/surveys",
    "templates": "/templates",
    "users": "/users",
    "webhooks": "/webhooks",
}


def ask(path):
    request = urllib.request.Request(BASE + path, headers={"Authorization": f"Bearer {KEY}"})
    try:
        with urllib.request.urlopen(request, timeout=30) as answer:
            return [str(item["id"]) for item in json.load(answer).get("items", []) if "id" in item]
    except Exception:
        return []


known = {name: ask(path) for name, path in LISTS.items()}
draw = random.Random(20261130)


def real(path, name, value):
    """An identifier that is there, three times of four; a value that is meant to be wrong stays as it is."""
    if not isinstance(value, str) or not re.fullmatch(r"[A-Za-z0-9._:-]{1,64}", value) or draw.random() < 0.25:
        return value
    ids = known.get("customers" if name == "customer" else "providers" if name == "provider" else path.split("/")[1])
    if not ids or name not in ("id", "customer", "provider"):
        return value
    # what is not even a number is wrong on purpose where all identifiers are
    meant = all(one.isdigit() for one in ids) and not value.isdigit()
    return value if meant else draw.choice(ids)


@schemathesis.hook
def map_path_parameters(context, path_parameters):
    if not path_parameters:
        return path_parameters
    path = context.operation.path
    return {name: real(path, name, value) for name, value in path_parameters.items()}


@schemathesis.hook
def map_query(context, query):
    if not isinstance(query, dict):
        return query
    return {name: real("", name, value) if name in ("customer", "provider") else value for name, value in query.items()}


@schemathesis.hook
def map_headers(context, headers):
    """Each call under an Idempotency-Key of its own: else nearly all are refused for having used another's."""
    key = (headers or {}).get("Idempotency-Key")
    if isinstance(key, str) and re.fullmatch(r"[\x21-\x7e]{1,128}", key):
        headers["Idempotency-Key"] = f"{draw.getrandbits(64):x}"
    return headers
