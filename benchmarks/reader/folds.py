"""Which articles are left out together: those of an outlet, since what is learned of one must
carry over to others. Needs nothing, so that both interpreters of `build.py` can use it."""

from collections import Counter, defaultdict
from collections.abc import Mapping


def assign_folds(outlet_of: Mapping[str, str], folds: int) -> dict[str, int]:
    """Assign articles to folds of like size: an outlet as a whole, or article by article where it
    has more than a fold holds."""
    sizes = Counter(outlet_of.values())
    groups: dict[str, list[str]] = defaultdict(list)
    for name, outlet in sorted(outlet_of.items()):
        groups[name if sizes[outlet] * folds > len(outlet_of) else outlet].append(name)
    filled, fold_of = [0] * folds, dict[str, int]()
    for group in sorted(groups.values(), key=lambda group: (-len(group), group)):
        fold = filled.index(min(filled))
        filled[fold] += len(group)
        fold_of |= dict.fromkeys(group, fold)
    return fold_of
