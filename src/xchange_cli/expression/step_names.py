"""From a step's name to the name that references use for it."""

import re
from functools import lru_cache

_SEPARATORS = re.compile(r"[^0-9A-Za-z]+")


@lru_cache(maxsize=4096)
def step_ref(name: str) -> str:
    """Normalise a step name: `GET Request 2` → `getRequest2`, `Get a Queue's URL` → `getAQueueSUrl`.

    Split at everything that is no ASCII letter or digit; lower-case the first part, capitalise the others
    and lower-case their rest. Not lodash's camelCase: no split at case changes or digits. Checked against
    487 references of 26 exported integrations.
    """
    first, *others = [part for part in _SEPARATORS.split(name) if part] or [""]
    return first.lower() + "".join(part[0].upper() + part[1:].lower() for part in others)
