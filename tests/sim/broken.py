"""Three replicas that are wrong on purpose, so that it shows that the simulator finds such."""

from __future__ import annotations

from officetui.ledger.doc import CellPlace
from officetui.ledger.files import Found, Listing
from officetui.ledger.fold import Fold
from officetui.ledger.folder import main_name, read_name
from officetui.ledger.held import Remembered
from officetui.ledger.mirror import Heard, Mirror, _read
from officetui.ledger.publish import Contradiction, Publisher
from officetui.ledger.reader import Reader
from officetui.ledger.replicate import Replicator
from tests.sim.world import Rules


class OffsetMirror(Mirror):
    """Tails by byte offset alone: what lies before it is never compared."""

    def _compared(self, found: Found, segment: int, read: Reader) -> tuple[int, bytes, bytes]:
        heard = self.heard.get(found.name)
        if heard is not None and heard.same:
            data = _read(read, found.name, heard.same)
            mine = self._local.read(self.here.path(segment), heard.last)
            return heard.last, mine + data, mine
        return super()._compared(found, segment, read)

    def _offer_whole(
        self, found: Found, segment: int, data: bytes, size: int, *, partial: bool = False
    ) -> None:
        super()._offer_whole(found, segment, data, size, partial=partial)
        heard = self.heard[found.name]
        self.heard[found.name] = Heard(found.size, found.mtime, found.size, 0, heard.hashes, False)


class OffsetReplicator(Replicator):
    def make_mirror(self, writer: str, known: Remembered | None) -> Mirror:
        made = super().make_mirror(writer, known)
        made.__class__ = OffsetMirror
        return made


class Offsets(Rules):
    replicator = OffsetReplicator


class SilentPublisher(Publisher):
    """Publishes every line once, and never looks at it again."""

    def round(self, there: Listing | None) -> Contradiction | None:
        if there is not None:
            sizes = {each.name: each for each in self._own()}
            for number, done in list(self._done.items()):
                here = sizes.get(main_name(number))
                if here is not None and here.size == done.size:
                    there = self._as_left(there, number, here, done.size)
        return super().round(there)

    def _as_left(self, there: Listing, number: int, here: Found, size: int) -> Listing:
        name = main_name(number)
        left = Found(name, size, 0)
        self._done[number] = self._done[number]._replace(here=here, there=left)
        kept = [each for each in there.files if each.name != name and read_name(each.name)]
        return Listing(sorted([*kept, left]), there.directories)


class SilentReplicator(Replicator):
    def _publisher_of(self, me: str) -> Publisher:
        made = super()._publisher_of(me)
        made.__class__ = SilentPublisher
        return made

    def _hand_on(self, *_: object) -> None:
        return


class Silent(Rules):
    replicator = SilentReplicator


class ForgetfulFold(Fold):
    """Forgets what an `over` replaces when its line has not come yet."""

    __slots__ = ()

    def _await(self, stamp: str, place: CellPlace) -> None:
        if not place[2]:
            super()._await(stamp, place)


class Forgetful(Rules):
    fold = ForgetfulFold


VARIANTS: dict[str, type[Rules]] = {
    "offsets": Offsets,
    "silent": Silent,
    "forgetful": Forgetful,
}
