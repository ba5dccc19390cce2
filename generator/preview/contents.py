"""What stands in `items/`, read again file by file, and the pages that it gives when they are asked for."""

from __future__ import annotations

import gc
import threading
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path

from generator.build import Project, read_catalogue
from generator.catalogue import Catalogue
from generator.channels import in_district
from generator.item import Item
from generator.item_files import BODY_SUFFIX, ITEM_SUFFIX
from generator.kinds import all_kinds
from generator.problems import Problem, in_order
from generator.reading import Known
from generator.render.drafts import draft_outputs
from generator.render.everything import outputs_of
from generator.render.site import Site


class Contents:
    """The items of a project in memory."""

    def __init__(self) -> None:
        self._known = Known()
        self._catalogue: Catalogue | None = None

    def read(self, project: Project, changed: Iterable[Path]) -> tuple[Catalogue, list[Problem]]:
        """Read what changed and return all items with what is wrong with single files."""
        self._forget(changed)
        # In this process alone: one that has threads must not fork.
        read, catalogue = read_catalogue(replace(project, jobs=1, shows_drafts=True), self._known)
        if self._catalogue:
            catalogue.take_over(self._catalogue)
        else:  # from now on there is little that is worth a search for garbage among so much that stays
            gc.freeze()
        self._catalogue = catalogue
        return catalogue, in_order(read.problems)

    def _forget(self, changed: Iterable[Path]) -> None:
        known = self._known
        for path in changed:
            is_content = path.suffix in (ITEM_SUFFIX, BODY_SUFFIX)
            was_known = path.with_suffix(ITEM_SUFFIX) in known.files
            if is_content and was_known:
                del known.files[path.with_suffix(ITEM_SUFFIX)]
            if is_content and was_known and path.is_file():
                continue
            known.listing = None
            if not is_content:  # a folder, perhaps
                known.files = {file: given for file, given in known.files.items() if path not in file.parents}


class Pages:
    """The pages of items and drafts, each rendered when it is first asked for."""

    def __init__(self, site: Site) -> None:
        self.site = site
        self._made: dict[str, dict[str, bytes]] = {}
        self._by_id: defaultdict[tuple[str, str], list[Item]] = defaultdict(list)
        self._sites = {"": site}
        for district in site.catalogue.districts:
            self._sites[district.district.within] = replace(site, catalogue=district)
        for within, one in self._sites.items():
            for item in one.catalogue.items:
                if f"{item.path}/" != within:  # the district itself: its page shows all that it has
                    self._by_id[within, item.id].append(item)
        self._kinds = {model.kind.plural for model in all_kinds().values()}
        self._lock = threading.Lock()

    def find(self, path: str) -> bytes | None:
        """Return the file at a path below the site if it is made for one item or draft alone."""
        with self._lock:
            for item in self._owners(path):
                if (data := self._outputs(item).get(path)) is not None:
                    return data
            return self._drafts().get(path) if self.site.catalogue.drafts else None

    def knows(self, path: str) -> bool:
        """Tell whether there is an item or a draft at the address that a path begins with."""
        within, inner = in_district(path)
        address = within + "/".join(inner.split("/")[:2])
        catalogue = self._sites.get(within, self.site).catalogue
        return address in catalogue.by_path or address in self.site.catalogue.drafts

    def _owners(self, path: str) -> Iterator[Item]:
        """Yield the items that the file may belong to: that of its address, or those whose id stands in it."""
        within, inner = in_district(path)
        section, _, rest = inner.partition("/")
        identifier = rest.partition("/")[0]
        for item in self._by_id.get((within, identifier), ()):
            if item.kind.plural == section or section not in self._kinds:
                yield item

    def _outputs(self, item: Item) -> dict[str, bytes]:
        if item.path not in self._made:
            self._made[item.path] = {output.path: output.data for output in outputs_of(self._sites[item.within], item)}
        return self._made[item.path]

    def _drafts(self) -> dict[str, bytes]:
        if "" not in self._made:
            self._made[""] = {output.path: output.data for output in draft_outputs(self.site)}
        return self._made[""]
