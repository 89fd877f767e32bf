"""What secret inputs of steps are called."""


def input_name(path: str, key: str, execution: str = "") -> str:
    """Give the name of an input by the path of its call.

    `execution` is the run id, needed where another run has led to this one: their paths may be the same.
    """
    return f"{path}.{key} of {execution}" if execution else f"{path}.{key}"
