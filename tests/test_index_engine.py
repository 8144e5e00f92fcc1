"""What only the default engine can suffer: harm to its own files."""

import os
from pathlib import Path

import pytest

from index.errors import IndexDamaged
from index.query import parse
from index.tantivy_engine import TantivyEngine
from tests.index_engines import PAGES


@pytest.mark.parametrize("name", ["index.json", "meta.json", "*.term", "*.fast"])
@pytest.mark.parametrize("harm", ["cut", "removed"])
def test_a_harmed_file_is_damage(tmp_path: Path, name: str, harm: str) -> None:
    engine = TantivyEngine.create(tmp_path / "index")
    engine.add(PAGES)
    engine.commit()
    for path in engine.folder.glob(name):
        if harm == "removed":
            path.unlink()
        else:
            os.truncate(path, path.stat().st_size // 2)
    with pytest.raises(IndexDamaged):
        TantivyEngine(engine.folder).search(parse("عقد"))
