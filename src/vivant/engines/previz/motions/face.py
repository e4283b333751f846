"""What the face shows: moods that stay, and small things that pass."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vivant.engines.previz.motions.base import motion
from vivant.engines.previz.motions.ease import plateau, pulse, pulses, wander

if TYPE_CHECKING:
    from collections.abc import Mapping

    from vivant.engines.previz.motions.base import Beat, Channels
    from vivant.engines.previz.motions.ease import Curve


def _mood(
    name: str, *says: str, levels: Mapping[str, float], seconds: float = 1.1, how: str = ""
) -> None:
    """Register an expression that comes within ``seconds`` and stays at these levels."""

    @motion(name, *says, keep="hold", group="mood", seconds=seconds, least=0.4, how=how)
    def play(beat: Beat) -> Channels:
        attack = max(0.35, beat.within(seconds))
        size = min(1.25, beat.cue.amount)
        grip = size * plateau(beat.t, beat.start, beat.until + 0.6, attack, 0.6)
        # A held expression that does not live a little reads as a mask.
        alive = 1.0 + 0.06 * wander(beat.t, 0.35, beat.rng)
        return {channel: level * grip * alive for channel, level in levels.items()}


_mood(
    "smile",
    "smile",
    "<smile>",
    "<beam>",
    "(a|the|his|her)? (warm|faint|gentle|big|wide|soft|slight|shy|small)? smile",
    "smile <cross|spread|appear|form|creep|grow|light|play|touch|bloom> * (face|lips|mouth)",
    "<break> into ~ * smile",
    "<give> ~ * smile",
    "<flash> ~ * smile",
    "with ~ * smile",
    "(happily|joyfully|cheerfully|joyful|happy|happiness|joy|delight|delighted|cheerful|content|"
    "contentedly|satisfied|proud|proudly|amused|pleased)",
    levels={"smile": 0.75, "squint": 0.22, "wide": 0.15, "brow": 0.1},
)
_mood(
    "grin",
    "grin",
    "<grin>",
    "~ (wide|broad|big)? grin",
    "<grin> from ear to ear",
    levels={"smile": 0.95, "squint": 0.3, "wide": 0.4, "brow": 0.12},
)
_mood(
    "smirk",
    "smirk",
    "<smirk>",
    "(smugly|slyly|mischievously|mischievous|playfully|playful)",
    levels={"smile": 0.45, "squint": 0.25, "roll": 2.0, "brow": 0.1},
    how="the mouth moves on both sides: a half smile with a tilted head",
)
_mood(
    "frown",
    "<frown>",
    "~ frown",
    "<knit|furrow|crease|wrinkle|lower|draw> ~ (brow|brows|eyebrows|forehead)",
    "(face|expression|features) <harden|darken|tighten|cloud>",
    "(brow|brows|eyebrows|forehead) <knit|furrow|crease|wrinkle|lower>",
    "(concerned|concern|worried|worriedly|worry|anxious|anxiously|puzzled|confused|confusion|"
    "serious|stern|sternly|skeptical)",
    levels={"frown": 0.75, "brow": -0.35, "smile": -0.3},
)
_mood(
    "scowl",
    "<scowl|glare|glower|snarl|sneer>",
    "(angry|angrily|anger|furious|rage|enraged|menacing|menacingly)",
    "<bare> ~ teeth",
    "<grit|clench> ~ (teeth|jaw)",
    levels={"frown": 1.0, "brow": -0.6, "squint": 0.35, "smile": -0.35, "wide": 0.15},
)
_mood(
    "sad",
    "(sad|sadly|sadness|sorrow|sorrowful|sorrowfully|melancholy|grief|grieving|dejected|"
    "mournful|mournfully|heartbroken|disappointed|disappointment)",
    "(mouth|lips|lip) <tremble|quiver>",
    "tears <well|fill|form>",
    "eyes <glisten|well|water|moisten>",
    "(face|expression|smile) <fall|fade|drop|crumple>",
    levels={"smile": -0.65, "frown": 0.4, "brow": 0.3, "pitch": 1.5},
)
_mood(
    "afraid",
    "(afraid|scared|fear|fearful|fearfully|terrified|terror|horror|horrified|panic|panicked|"
    "mortified)",
    levels={"brow": 0.75, "wide": 0.45, "jaw": 0.18, "frown": 0.35, "lean": -0.02},
)
_mood(
    "pout",
    "<pout|pucker|purse>",
    "<purse|pucker> ~ (lip|lips|mouth)",
    "<press> ~ lips (together)?",
    "<bite|lick> ~ (lip|lips|lower lip)",
    "<swallow>",
    "<kiss>",
    "<blow> ~ * kiss",
    levels={"wide": -0.7, "smile": -0.15, "jaw": -0.1},
    seconds=0.8,
)
_mood(
    "disgust",
    "<wrinkle|scrunch|crinkle> ~ (nose|face)",
    "(disgust|disgusted|grossed)",
    "<grimace|wince|cringe>",
    "(pain|pained|agony|effort|strain|straining)",
    "<struggle|strain|groan>",
    levels={"squint": 0.6, "frown": 0.6, "wide": 0.4, "smile": -0.15, "brow": -0.3},
)
_mood(
    "relax",
    "<relax|soften>",
    "(face|expression|features) <soften|relax>",
    "<calm> down",
    "(calm|serene|peaceful|relieved|relief|neutral|expressionless|blank|emotionless|stoic|solemn)",
    "(straight|poker) face",
    levels={"smile": 0.1, "brow": 0.06},
)
_mood(
    "raise-brows",
    "<raise|lift|arch|quirk|cock> ~ (eyebrow|eyebrows|brow|brows)",
    "(eyebrows|eyebrow|brows) <rise|lift|raise|arch|shoot>",
    "(curious|curiously|curiosity|intrigued|inquisitive|quizzically)",
    levels={"brow": 0.85},
    seconds=0.7,
)
_mood(
    "squint",
    "<squint|narrow>",
    "<squint|narrow> ~ eyes",
    "eyes <narrow>",
    "(suspicious|suspiciously)",
    levels={"squint": 0.85, "frown": 0.3, "brow": -0.2},
)
_mood(
    "focus",
    "<concentrate|focus>",
    "(focused|concentrated|concentration|determined|determination|intently|attentively|"
    "determinedly)",
    levels={"frown": 0.4, "squint": 0.22, "brow": -0.15},
)
_mood(
    "surprise",
    "<gasp>",
    "(surprised|surprise|astonished|astonishment|amazed|amazement|shocked|shock|startled|awe|"
    "stunned|disbelief|wonder)",
    "(look|flash|hint) of (surprise|shock|disbelief|awe)",
    "<startle>",
    "eyes <widen>",
    "<widen> ~ eyes",
    "wide-eyed",
    "jaw <drop>",
    "mouth <fall|drop> open",
    levels={"brow": 0.95, "jaw": 0.5, "pitch": -1.5, "breath": 0.5},
    seconds=0.55,
    how="brows up and mouth open; the lids do not open further than in the photo",
)


@motion(
    "blink",
    "<blink>",
    "<blink> ~ eyes",
    "<flutter> ~ (eyelids|lashes|eyelashes|eyes)",
    "(eyelids|lashes|eyelashes|eyes) <flutter|blink>",
    seconds=0.5,
    least=0.3,
)
def blink(beat: Beat) -> Channels:
    """Once, or as often as told."""
    times = min(beat.cue.repeats or 1, 6)
    each = max(0.3, beat.within(0.36 * times) / times)
    return {"blink": pulses(beat.t, [(beat.start + k * each, each, 1.0) for k in range(times)])}


@motion(
    "wink",
    "<wink>",
    "<give> ~ * wink",
    seconds=0.8,
    least=0.6,
    why="both lids move together in this engine: shown as a quick blink with a tilted head",
)
def wink(beat: Beat) -> Channels:
    """A blink with a tilt and a half smile."""
    shut = pulse(beat.t, beat.start + 0.08, 0.36)
    tilt = pulse(beat.t, beat.start, max(0.6, beat.within(0.9)))
    return {"blink": shut, "roll": 3.5 * tilt, "smile": 0.4 * tilt}


def _lids(beat: Beat, start: float, until: float, seconds: float) -> Curve:
    return plateau(beat.t, start, until + 0.4, seconds, 0.4)


@motion(
    "close-eyes",
    "<close|shut> ~ eyes",
    "eyes <close|shut|droop>",
    "eyes closed",
    "with ~ eyes (closed|shut)",
    keep="hold",
    group="lids",
    seconds=0.7,
    least=0.35,
)
def close_eyes(beat: Beat) -> Channels:
    """The lids come down and stay."""
    shut = _lids(beat, beat.start, beat.until, max(0.3, beat.within(0.5)))
    return {"blink": shut, "pitch": 1.2 * shut, "brow": 0.1 * shut}


@motion(
    "open-eyes",
    "<open> ~ eyes",
    "eyes <open>",
    "eyes <snap|flick> open",
    keep="hold",
    group="lids",
    seconds=1.6,
    least=0.9,
    how="the film begins with the photo's open eyes: they close first, then open",
)
def open_eyes(beat: Beat) -> Channels:
    """Ends a closing; from rest, that needs a closing first."""
    if beat.before:
        return {"brow": 0.25 * pulse(beat.t, beat.start, 0.8)}
    span = max(0.9, beat.within(1.6))
    shut = plateau(beat.t, beat.start, beat.start + span, 0.3, 0.45 * span)
    return {"blink": shut, "brow": 0.3 * pulse(beat.t, beat.start + 0.4 * span, 0.6 * span)}


@motion(
    "fall-asleep",
    "<fall|drift|doze> (asleep|off)",
    "<doze>",
    "<sleep|nap>",
    "<nod> off",
    "<drift> (off)? to sleep",
    keep="hold",
    group="lids",
    seconds=3.0,
    least=1.4,
)
def fall_asleep(beat: Beat) -> Channels:
    """Heavy lids, one last look, then the head sinks."""
    span = max(1.4, beat.within(3.0))
    droop = 0.55 * pulse(beat.t, beat.start, 0.45 * span)
    shut = _lids(beat, beat.start + 0.4 * span, beat.until, 0.35 * span)
    sink = plateau(beat.t, beat.start + 0.3 * span, beat.until + 0.6, 0.7 * span, 0.6)
    return {"blink": droop + shut, "pitch": 8.0 * sink, "roll": 3.0 * sink, "sway_y": 0.012 * sink}


@motion(
    "wake",
    "<wake|awaken>",
    "<wake> up",
    keep="hold",
    group="lids",
    seconds=2.4,
    least=1.2,
    how="the film begins with the photo's open eyes: they close first, then open",
)
def wake(beat: Beat) -> Channels:
    """Lids open in two steps while the head comes up."""
    span = max(1.2, beat.within(2.4))
    shut = plateau(beat.t, beat.start, beat.start + 0.75 * span, 0.3, 0.3 * span)
    blink_again = 0.7 * pulse(beat.t, beat.start + 0.76 * span, 0.24)
    low = plateau(beat.t, beat.start, beat.start + span, 0.35, 0.55 * span)
    return {"blink": shut + blink_again, "pitch": 5.0 * low, "roll": 2.0 * low}
