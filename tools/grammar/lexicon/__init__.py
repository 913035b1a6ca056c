"""Words of a child's English, by what the rules need to know of them."""


def words(listed: str) -> set[str]:
    """The words of a table written as text."""
    return set(listed.split())
