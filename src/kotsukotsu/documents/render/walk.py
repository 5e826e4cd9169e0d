"""The blocks of a document and the sentences in them, whatever frame they stand in."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace

from kotsukotsu.documents.render.model import Block, Box, Bullets, Columns, Inlines, Paragraph


def within(blocks: Iterable[Block]) -> Iterator[Block]:
    """Every block in order; a frame before what stands in it."""
    for block in blocks:
        yield block
        if isinstance(block, Box):
            yield from within(block.blocks)
        elif isinstance(block, Columns):
            for column in block.columns:
                yield from within(column)


def sentences(block: Block) -> tuple[Inlines, ...]:
    """The sentences that stand in a block itself."""
    if isinstance(block, Paragraph):
        return (block.inlines,)
    return block.items if isinstance(block, Bullets) else ()


def rewritten(block: Block, leaf: Callable[[Block], Block], sentence: Callable[[Inlines], Inlines]) -> Block:
    """A block with its sentences and the blocks in it changed, in order."""
    if isinstance(block, Paragraph):
        return replace(block, inlines=sentence(block.inlines))
    if isinstance(block, Bullets):
        return replace(block, items=tuple(sentence(item) for item in block.items))
    if isinstance(block, Box):
        return replace(block, blocks=tuple(rewritten(inner, leaf, sentence) for inner in block.blocks))
    if isinstance(block, Columns):
        columns = (tuple(rewritten(inner, leaf, sentence) for inner in column) for column in block.columns)
        return Columns(tuple(columns))
    return leaf(block)
