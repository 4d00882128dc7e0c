"""The simulator in the suite: some stories, three broken variants that it finds, and stories that
Hypothesis makes up. Thousands of seeds: ``make sim SEEDS=20000``."""

from __future__ import annotations

from contextlib import ExitStack

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, precondition, rule

from tests.sim.broken import VARIANTS
from tests.sim.world import ACCIDENTS, Diverged, World, fast_place, run, small

SEEDS = 300
BATCH = 10


@pytest.mark.parametrize("first", range(1, SEEDS, BATCH))
def test_every_story_ends_alike_for_everybody(first: int) -> None:
    for seed in range(first, first + BATCH):
        run(seed)


@pytest.mark.parametrize("variant", VARIANTS)
def test_a_broken_variant_is_found(variant: str) -> None:
    """Byte offsets instead of prefixes; no republication; replaced stamps forgotten."""
    for seed in range(1, 200):
        try:
            run(seed, VARIANTS[variant])
        except Diverged:
            return
        except OSError:
            continue  # it may also just break down
    pytest.fail(f"{variant} was not found by 200 seeds")


def test_a_seed_reproduces_its_story() -> None:
    one, two = run(7), run(7)
    assert one.story == two.story and one.serial == two.serial
    assert [r.memory.bytes() for r in one.living()] == [r.memory.bytes() for r in two.living()]


class Story(RuleBasedStateMachine):
    """Whatever the devices, the folder and the people do, the end is one state."""

    def __init__(self) -> None:
        super().__init__()
        self.stack = ExitStack()

    @initialize(seed=st.integers(1, 1 << 30))
    def begin(self, seed: int) -> None:
        root = self.stack.enter_context(fast_place())
        self.stack.enter_context(small())
        self.world = World(seed, root)
        self.world.join()
        self.world.join()

    @rule(who=st.integers(0, 9))
    def edit(self, who: int) -> None:
        living = self.world.living()
        living[who % len(living)].edit()

    @rule(who=st.integers(0, 9), ms=st.sampled_from((1, 1_000, 3_600_000, 90_000_000)))
    def sync(self, who: int, ms: int) -> None:
        self.world.now += ms
        living = self.world.living()
        living[who % len(living)].sync()

    @rule(who=st.integers(0, 9))
    def restart(self, who: int) -> None:
        living = self.world.living()
        living[who % len(living)].flush()
        living[who % len(living)].start()

    @precondition(lambda self: self.world.folder.synced)
    @rule()
    def travel(self) -> None:
        self.world._travel(self.world.rng)

    @rule(who=st.integers(0, 9), kind=st.sampled_from(sorted(set(ACCIDENTS))))
    def accident(self, who: int, kind: str) -> None:
        living = self.world.living()
        self.world.accident(living[who % len(living)], kind)

    def teardown(self) -> None:
        try:
            if hasattr(self, "world"):
                self.world.end()
        finally:
            self.stack.close()


Story.TestCase.settings = settings(
    max_examples=12,
    stateful_step_count=25,
    deadline=None,
    suppress_health_check=list(HealthCheck),
)
TestStory = Story.TestCase
