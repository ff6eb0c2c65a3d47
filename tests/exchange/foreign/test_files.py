"""Databases and XML that a stranger made, as importers see them."""

import io
import sqlite3

import pytest

from journal.exchange.foreign import files


def opened(data: bytes) -> files.Files:
    return files.files_of(io.BytesIO(data), len(data), "x")


def made(script: str) -> bytes:
    held = sqlite3.connect(":memory:")
    held.executescript(script)
    return held.serialize()


def test_a_database_is_a_copy_of_which_only_rows_of_tables_can_be_read(monkeypatch):
    monkeypatch.setattr(files, "MOST_STEPS", 10)
    data = bytearray(
        made(
            "create table habit (name text);"
            "insert into habit values ('Walk'), (cast(x'ff' as text));"
            "create view seen as select hex(name) from habit;"
            "create table long (n); create virtual table words using fts4(word);"
            "insert into long values (1), (2), (3), (4), (5), (6), (7), (8), (9)"
        )
    )
    data[18:20] = b"\2\2"  # as one with a log beside it
    database = opened(bytes(data)).database("x")
    assert [row["name"] for row in database.execute("select name from habit")] == ["Walk", "\ufffd"]
    assert files.columns_of(database, "habit") == {"name"}
    for name in ("seen", "words", "none", 'habit" --'):
        assert files.columns_of(database, name) == set()
    for query in (
        *("delete from habit", "select * from seen", "pragma query_only = off"),
        *("attach ':memory:' as other", "select load_extension('x')"),
        "select n from long, long, long, long, long, long",
    ):
        with pytest.raises(sqlite3.Error):
            database.execute(query).fetchall()
    spoiled = b"SQLite format 3\0" + b"\xff" * 4000
    named = made("create table habit (name text)").replace(b"tablehabit", b"table\xffabit")
    for damaged in (spoiled, named.replace(b"create", b"crea\xb6e")):
        with pytest.raises(files.Unreadable):
            opened(damaged).database("x")


def test_xml_has_no_definitions_of_its_own_and_few_elements(monkeypatch):
    assert opened("<?xml version='1.0'?><a>é</a>".encode()).xml("x").text == "é"
    for data in (
        b"<a>",
        b"<a>&undefined;</a>",
        b"<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>",
        b"<!DOCTYPE a SYSTEM 'file:///etc/passwd'><a/>",
        b"<?xml version='1.0' encoding='nonsense'?><a/>",
    ):
        with pytest.raises(files.Unreadable):
            opened(data).xml("x")
    monkeypatch.setattr(files, "MOST_TAGS", 5)
    with pytest.raises(files.Unreadable):
        opened(b"<a>" + b"<b/>" * 5 + b"</a>").xml("x")
