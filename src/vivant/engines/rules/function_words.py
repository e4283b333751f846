"""The closed classes of English: a few hundred small words that hold sentences together."""

from __future__ import annotations

NUMBERS = frozenset(
    "one two three four five six seven eight nine ten eleven twelve dozen dozens hundred".split()
)
DETERMINERS = NUMBERS | frozenset(
    """a an the this that these those each every some any another both all its his my your our
    their half several such many few various multiple no""".split()
)
POSSESSIVES = frozenset("his her its their my your our whose".split())
SUBJECTS = frozenset("he she they it we i you there".split())
RELATIVES = frozenset("who which that whom whose".split())
OBJECTS = frozenset(
    """him them himself herself itself themselves themself me us yourself oneself nobody nothing
    hers theirs everyone everybody someone""".split()
)
PREPOSITIONS = frozenset(
    """of in on at to from by for with into onto upon through across along around between behind
    beside besides beneath near above below toward towards against about among amongst amid
    amidst within inside outside past via per like over under underneath off up down out during
    until till before after atop aboard alongside without despite throughout opposite beyond
    except as than apart ahead next amongst
    """.split()
)
PARTICLES = frozenset(
    """up down out off over away back forward forwards backward backwards aside around apart
    together upward upwards downward downwards sideways inward outward outwards ahead along in
    on through across by past inside outside aboard home open shut round upright overhead below
    behind
    """.split()
)
SUBORDINATORS = frozenset(
    """while whilst as when whenever before after until till because although though once since
    where whereas if""".split()
)
COORDINATORS = frozenset("and or but nor & yet plus".split())
BE = frozenset("be am is are was were been being".split())
HAVE = frozenset("have has had having".split())
DO = frozenset("do does did".split())
MODALS = frozenset("can could will would shall should may might must cannot".split())
AUXILIARIES = BE | HAVE | DO | MODALS
NEGATIONS = frozenset("not no never without neither none nothing n't nor".split())
ADVERBS = frozenset(
    """then now first next finally later soon again once twice still just also too very only even
    ever never not almost quite rather perhaps maybe meanwhile afterward afterwards afterwards
    subsequently initially eventually suddenly abruptly instead together alone here there thus
    always often sometimes already straight far away back forward forwards backward backwards
    upward upwards downward downwards sideways inward outward outwards apart aside ahead
    overhead barefoot nearby onward off-screen offscreen outside inside underneath thrice
    likewise otherwise therefore however moreover lastly en pointe aloud beforehand uphill
    downhill upstairs downstairs shoulder-to-shoulder hand-in-hand arm-in-arm cross-legged mid-
    air midair
    """.split()
)
HEDGES = frozenset("possibly perhaps maybe likely presumably probably apparently seemingly".split())
FILLERS = frozenset(
    """then now first next finally later soon also too just only even again and but meanwhile
    afterward afterwards subsequently initially eventually instead thus so lastly likewise
    therefore however moreover secondly thirdly once second third fourth fifth sixth immediately
    shortly overall halfway
    """.split()
)
"""Adverbs that only order events; they may open a clause and carry nothing to film."""

CONTENT_FREE = (
    DETERMINERS
    | SUBJECTS
    | RELATIVES
    | OBJECTS
    | PREPOSITIONS
    | SUBORDINATORS
    | COORDINATORS
    | AUXILIARIES
    | FILLERS
    | frozenset("her s t same such other own more most much very let lets".split())
)
"""Words that composing may drop, move or replace without losing a fact."""
