"""``python -m tests.sim --seeds N``: thousands of stories; every diverged seed is named.

--first S      begin with seed S            --jobs J     processes (2)
--variant V    offsets, silent, forgetful: a broken one, which must be found
"""

from __future__ import annotations

import argparse
import sys
import time
import traceback
from functools import partial
from multiprocessing import Pool

from tests.sim.broken import VARIANTS
from tests.sim.world import Rules, run


def one(seed: int, variant: str) -> tuple[int, str]:
    try:
        run(seed, VARIANTS.get(variant, Rules))
    except Exception as error:
        where = traceback.extract_tb(error.__traceback__)[-1]
        return seed, f"{type(error).__name__}: {str(error)[:200]} ({where.name}:{where.lineno})"
    return seed, ""


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seeds", type=int, default=1000)
    parser.add_argument("--first", type=int, default=1)
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--variant", default="", choices=["", *VARIANTS])
    asked = parser.parse_args()
    begun = time.monotonic()
    diverged = 0
    seeds = range(asked.first, asked.first + asked.seeds)
    with Pool(asked.jobs) as pool:
        tell = partial(one, variant=asked.variant)
        for count, (seed, trouble) in enumerate(pool.imap_unordered(tell, seeds, 4), start=1):
            if trouble:
                diverged += 1
                print(f"seed {seed}: {trouble}", flush=True)
            if count % 1000 == 0:
                print(f"{count} seeds, {diverged} diverged", file=sys.stderr, flush=True)
    print(f"{asked.seeds} seeds, {diverged} diverged, {time.monotonic() - begun:.0f} s")
    return 1 if diverged else 0


if __name__ == "__main__":
    sys.exit(main())
