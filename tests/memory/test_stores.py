"""One contract for both sides of the store: Qdrant's engine in-process, and a Qdrant server's client."""

import threading
import uuid
import warnings
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from infra.errors import Conflict
from infra.scope import Scope, scope_of
from memory.lexical import document_words, query_words
from memory.stores.edge import EdgeStore
from memory.stores.points import Hits, Payload, Point, Points, Store
from memory.stores.server import ServerStore

SIZE = 4
AN, BINH = scope_of("an"), scope_of("binh")


@pytest.fixture(params=["edge", "server"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Store]:
    opened = _edge(tmp_path) if request.param == "edge" else _server()
    yield opened
    opened.close()


def put(points: Points, point_id: str, vector: list[float], payload: Payload) -> None:
    points.upsert([Point(point_id, vector, document_words(str(payload["data"])), payload)])


def _edge(folder: Path, open_shards: int = 2) -> EdgeStore:
    return EdgeStore(folder, SIZE, version="v1", open_shards=open_shards)


def _server() -> ServerStore:
    """The server's client in its in-memory mode: the nearest real thing without a server."""
    from qdrant_client import QdrantClient

    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", message="Payload indexes have no effect")
        return ServerStore(QdrantClient(":memory:"), SIZE, version="v1")


def _id(number: int) -> str:
    return str(uuid.UUID(int=number))


def _axis(number: int) -> list[float]:
    return [1.0 if axis == number else 0.0 for axis in range(SIZE)]


def test_the_nearest_point_comes_first_with_its_cosine(store: Store) -> None:
    with store.lease(AN) as points:
        for number in range(3):
            put(points, _id(number + 1), _axis(number), {"data": f"text {number}"})
        query = np.array([0.0, 2.0, 0.1, 0.0], np.float32)
        (first, cosine), second, _ = points.nearest(query, 10)
    assert first == _id(2)
    assert cosine == pytest.approx(0.9988, abs=1e-3)
    assert second[0] == _id(3)


def test_writing_an_id_twice_keeps_one_point(store: Store) -> None:
    with store.lease(AN) as points:
        put(points, _id(1), _axis(0), {"data": "old"})
        put(points, _id(1), _axis(1), {"data": "new"})
        assert points.count() == 1
        assert points.get([_id(1)]) == {_id(1): {"data": "new"}}


def test_a_deleted_point_is_gone(store: Store) -> None:
    with store.lease(AN) as points:
        put(points, _id(1), _axis(0), {"data": "old"})
        points.delete([_id(1)])
        assert points.get([_id(1)]) == {}
        assert points.all() == []


def test_one_learner_never_sees_another_ones_points(store: Store) -> None:
    with store.lease(AN) as points:
        put(points, _id(1), _axis(0), {"data": "secret"})
    with store.lease(BINH) as points:
        assert points.all() == []
        assert points.get([_id(1)]) == {}
        assert points.nearest(np.array(_axis(0), np.float32), 5) == []
        points.delete([_id(1)])
    with store.lease(AN) as points:
        assert points.count() == 1


def test_erasing_a_learner_leaves_the_others(store: Store) -> None:
    for scope, number in ((AN, 1), (BINH, 2)):
        with store.lease(scope) as points:
            put(points, _id(number), _axis(0), {"data": "x"})
    assert store.erase(AN) == 1
    assert store.erase(AN) == 0
    with store.lease(BINH) as points:
        assert points.count() == 1


def test_vietnamese_comes_back_as_it_went_in(store: Store) -> None:
    with store.lease(AN) as points:
        put(points, _id(1), _axis(0), {"data": "Mướp ngủ ở Huế 🐈"})
        assert points.get([_id(1)]) == {_id(1): {"data": "Mướp ngủ ở Huế 🐈"}}


def test_a_store_says_that_it_is_well(store: Store) -> None:
    assert "Qdrant" in store.ping()


def test_points_survive_closing_and_opening(tmp_path: Path) -> None:
    first = _edge(tmp_path)
    with first.lease(AN) as points:
        put(points, _id(1), _axis(0), {"data": "x"})
    first.close()
    again = _edge(tmp_path)
    with again.lease(AN) as points:
        assert points.count() == 1
    again.close()


def test_more_learners_than_open_shards_are_served(tmp_path: Path) -> None:
    store = _edge(tmp_path, open_shards=2)
    for number in range(4):
        with store.lease(scope_of(f"child{number}")) as points:
            put(points, _id(number + 1), _axis(0), {"data": str(number)})
    assert "2 of at most 2" in store.ping()
    for number in range(4):
        with store.lease(scope_of(f"child{number}")) as points:
            assert points.get([_id(number + 1)]) == {_id(number + 1): {"data": str(number)}}
    store.close()


def test_many_threads_and_few_shards_lose_nothing(tmp_path: Path) -> None:
    store = _edge(tmp_path, open_shards=1)

    def write(worker: int) -> None:
        for number in range(4):
            with store.lease(scope_of(f"child{number % 3}")) as points:
                put(points, _id(worker * 100 + number + 1), _axis(0), {"data": "x"})

    threads = [threading.Thread(target=write, args=(worker,)) for worker in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    total = 0
    for number in range(3):
        with store.lease(scope_of(f"child{number}")) as points:
            total += points.count()
    store.close()
    assert total == 12


def test_a_second_owner_of_the_folder_is_refused(tmp_path: Path) -> None:
    store = _edge(tmp_path)
    with pytest.raises(Conflict, match="Another process"):
        _edge(tmp_path)
    store.close()


_IDS = st.from_regex(r"[A-Za-z0-9][A-Za-z0-9_-]{0,20}", fullmatch=True)


@given(_IDS, _IDS, _IDS, _IDS)
def test_no_two_learners_share_a_folder(tenant: str, learner: str, other_tenant: str, other: str) -> None:
    one, two = Scope(tenant, learner), Scope(other_tenant, other)
    assert (one.folder == two.folder) == (one == two)
    assert one.folder.casefold() == one.folder


def test_words_are_found_by_the_rarest_first(store: Store) -> None:
    with store.lease(AN) as points:
        for number, text in enumerate(("a red dog", "a red cat", "a red bird")):
            put(points, _id(number + 1), _axis(number), {"data": text})
        found = points.search(np.array(_axis(1), np.float32), [query_words(["red", "cat"]), {}], 10)
    assert max(found.scores[0], key=found.scores[0].__getitem__) == _id(2)
    assert [len(scores) for scores in found.scores] == [3, 0]
    assert found.cosines == pytest.approx({_id(1): 0.0, _id(2): 1.0, _id(3): 0.0}, abs=1e-6)


def test_one_search_gives_the_best_by_words_and_the_nearest_all_with_their_cosines(store: Store) -> None:
    with store.lease(AN) as points:
        for number, text in enumerate(("a red dog ran home", "a blue cat", "a green bird", "red socks")):
            put(points, _id(number + 1), _axis(number), {"data": text})
        asked = [query_words(["red"]), query_words(["bird"])]
        found = points.search(np.array([0.0, 0.9, 0.1, 0.0], np.float32), asked, 1, nearest=1)
        assert points.search(np.array(_axis(0), np.float32), [{}], 5) == Hits({}, [{}])
    assert [list(scores) for scores in found.scores] == [[_id(4)], [_id(3)]]
    assert found.cosines.keys() == {_id(2), _id(3), _id(4)}
    assert found.cosines[_id(2)] == pytest.approx(0.9939, abs=1e-3)


def test_cosines_are_asked_for_some_points_only(store: Store) -> None:
    with store.lease(AN) as points:
        for number in range(3):
            put(points, _id(number + 1), _axis(number), {"data": "x"})
        cosines = points.cosines(np.array(_axis(1), np.float32), [_id(1), _id(2), _id(9)])
    assert cosines == pytest.approx({_id(1): 0.0, _id(2): 1.0})


def test_turns_are_found_by_the_time_they_were_said(store: Store) -> None:
    with store.lease(AN) as points:
        for number in range(5):
            put(points, _id(number + 1), _axis(0), {"data": "x", "kind": "episodic", "at": number * 10.0})
        put(points, _id(9), _axis(0), {"data": "x", "kind": "semantic", "at": 10.0})
        found = points.told([(5.0, 10.0), (40.0, 99.0)], 10)
        assert [row[0] for row in points.told([(0.0, 99.0)], 2)] == [_id(5), _id(4)]
        assert {row[0] for row in points.of_kinds(["semantic"])} == {_id(9)}
    assert {row[0] for row in found} == {_id(2), _id(5)}


def test_a_point_is_described_anew(store: Store) -> None:
    with store.lease(AN) as points:
        put(points, _id(1), _axis(0), {"data": "old", "more": 1})
        points.describe(_id(1), {"data": "new"})
        assert points.get([_id(1)]) == {_id(1): {"data": "new"}}
        assert [key for key, _ in points.nearest(np.array(_axis(0), np.float32), 1)] == [_id(1)]


def test_a_compacted_shard_holds_no_byte_of_what_was_deleted(tmp_path: Path) -> None:
    store = _edge(tmp_path)
    with store.lease(AN) as points:
        put(points, _id(1), _axis(0), {"data": "Quuxabra secret"})
        put(points, _id(2), _axis(1), {"data": "kept words"})
        points.delete([_id(1)])
    store.compact(AN)
    with store.lease(AN) as points:
        assert [row[0] for row in points.all()] == [_id(2)]
        (found,) = points.search(np.array(_axis(1), np.float32), [query_words(["keep"])], 5).scores
        assert list(found) == [_id(2)]
    assert not any(b"Quuxabra" in path.read_bytes() for path in tmp_path.rglob("*") if path.is_file())
    store.close()


@pytest.mark.parametrize("left", [".old", ".new"])
def test_a_compaction_that_was_cut_short_is_mended(tmp_path: Path, left: str) -> None:
    store = _edge(tmp_path)
    with store.lease(AN) as points:
        put(points, _id(1), _axis(0), {"data": "x"})
    store.close()
    shard = tmp_path / AN.folder / "v1"
    if left == ".old":
        shard.rename(shard.with_name("v1.old"))
    shard.with_name("v1.new").mkdir()
    store = _edge(tmp_path)
    with store.lease(AN) as points:
        assert points.count() == 1
    assert [path.name for path in shard.parent.iterdir()] == ["v1"]
    store.close()


def test_every_learner_who_has_points_is_listed(store: Store) -> None:
    assert list(store.learners()) == []
    for number, scope in enumerate((AN, BINH)):
        with store.lease(scope) as points:
            put(points, _id(number + 1), _axis(0), {"data": "x", "user_id": scope.key})
    assert set(store.learners()) == {AN, BINH}


def test_points_of_another_version_are_found_and_dropped(tmp_path: Path) -> None:
    store = _edge(tmp_path)
    with store.lease(AN) as points:
        put(points, _id(1), _axis(0), {"data": "x", "user_id": AN.key})
    store.close()
    newer = EdgeStore(tmp_path, SIZE, version="v2", open_shards=2)
    assert newer.has_older(AN)
    assert list(newer.older()) == [AN]
    assert [row[0] for row in newer.older_rows(AN)] == [_id(1)]
    newer.drop_older(AN)
    assert not newer.has_older(AN)
    newer.close()


def test_reading_makes_no_files(tmp_path: Path) -> None:
    store = _edge(tmp_path)
    with store.lease(AN) as points:
        assert points.all() == []
        assert points.nearest(np.array(_axis(0), np.float32), 5) == []
    assert not (tmp_path / AN.folder).exists()
    store.close()
