"""Words to text: capitals, articles, and verbs in the tense that each half is written in."""

from __future__ import annotations

from vivant.engines.rules import function_words as fw
from vivant.engines.rules import morphology
from vivant.engines.rules.clauses import Clause
from vivant.engines.rules.words import Word

_WILL = frozenset("will would shall".split())


def plain(word: Word) -> str:
    """The word as written, but without the capital of a sentence start."""
    text = word.token.text
    if not text[0].isupper() or (text.isupper() and len(text) > 1) or text[0] in '"\u201c':
        return text
    if any(c.isupper() for c in text[1:]) or word.low == "i":
        return text
    if not word.token.opens:
        return text
    named = word.tag == "N" and not _is_common(word.low)
    return text if named or word.low in _NAMED else text[0].lower() + text[1:]


def _is_common(low: str) -> bool:
    return low in fw.CONTENT_FREE or bool(morphology.common(low))


_NAMED = frozenset(
    """january february march april june july august september october november december monday
    tuesday wednesday thursday friday saturday sunday african american arab asian australian
    balinese bavarian bengali brazilian british bulgarian cambodian canadian caribbean celtic
    chilean chinese cuban czech danish dutch egyptian english ethiopian filipino finnish french
    georgian german ghanaian greek hungarian icelandic indian indonesian inuit iranian irish
    israeli italian jamaican japanese kenyan korean lebanese malian maori masai maasai mexican
    mongolian moroccan nepalese nepali nigerian nordic norwegian pakistani peruvian polish
    polynesian portuguese punjabi roman romanian russian samoan scottish senegalese serbian
    sicilian siberian somali spanish sudanese swedish swiss syrian tahitian tanzanian thai
    tibetan tuareg turkish ukrainian venetian victorian vietnamese viking welsh zulu berber
    bedouin andean alpine sami persian latin latina colombian argentine bolivian cuban cairo
    ferris grand national olympic paris tokyo london
    """.split()
)


def text(words: tuple[Word, ...]) -> str:
    """Words with single spaces, sentence capitals taken off."""
    return " ".join(plain(w) for w in words)


def is_plural(words: tuple[Word, ...]) -> bool:
    """Whether a subject takes a plural verb."""
    nouns = [w for w in words if w.tag in ("N", "PRS", "PRO")]
    if any(w.low == "they" for w in nouns):
        return True
    head = None
    for word in words:
        if word.tag == "C" and head is not None and word.low == "and":
            return True
        if word.tag in ("P", "VN", "VG", "REL") and head is not None:
            break
        if word.tag == "N":
            head = word
    if head is None:
        return False
    irregular = head.low in ("people", "men", "women", "children", "feet", "teeth", "police")
    return irregular or (head.lemma != head.low and head.low.endswith("s"))


def acting(words: tuple[Word, ...], clause: Clause, *, plural: bool, finite: bool) -> str:
    """The words of a clause with its verb in the present tense.

    ``finite`` turns "lifting" to "lifts"; without it an -ing form stays.
    """
    verb = set(clause.verb)
    aux = [w for w in clause.verb if w.tag == "X"]
    main = next((w for w in clause.verb if w.tag in ("V", "VI", "VG", "VN")), None)
    person = "VBP" if plural else "VBZ"
    passive = main is not None and main.tag == "VN" and any(w.low in fw.BE for w in aux)
    if any(w.low == "there" for w in clause.subject):
        plural = any(w.low in ("are", "were") for w in aux)
    drop = {w for w in aux if w.low in fw.HAVE or w.low in _WILL}
    if main is not None and main.tag == "VG" and any(w.low in fw.BE for w in aux):
        drop |= set(aux)
    if passive and drop & set(aux):
        drop |= {w for w in aux if w.low == "been"}
    out = []
    bent = False
    for word in words:
        if (
            word in verb
            and word.tag == "R"
            and word.low in fw.FILLERS - {"then", "just", "only", "too", "even", "again"}
        ):
            continue
        if word not in verb or word.tag in ("R", "TO"):
            out.append(plain(word))
        elif word.tag == "X":
            if word in drop:
                if passive and not bent:
                    out.append(morphology.inflect("be", person))
                    bent = True
                continue
            out.append(_auxiliary(word, plural))
            bent = True
        elif word is main and not bent and not passive:
            stays = word.tag == "VG" and not finite and not aux
            stays = stays or (word.tag == "VN" and not drop)
            out.append(plain(word) if stays else morphology.inflect(word.lemma, person))
            bent = True
        else:
            out.append(plain(word))
    return " ".join(out)


def _auxiliary(word: Word, plural: bool) -> str:
    if word.low in ("is", "are", "was", "were", "am"):
        return "are" if plural else "is"
    if word.low in fw.DO:
        return "do" if plural else "does"
    return word.low


def still(words: tuple[Word, ...], clause: Clause | None) -> str:
    """The words of a state as it is in one picture: "sits" is "sitting", "is low" is "low"."""
    verb = set(clause.verb) if clause is not None else set()
    main = next((w for w in words if w in verb and w.tag in ("V", "VI")), None)
    out = []
    for word in words:
        if word in verb and word.tag == "X":
            continue
        if word is main:
            out.append(morphology.inflect(word.lemma, "VBG"))
        else:
            out.append(plain(word))
    return " ".join(out)


def with_article(phrase: str, *, plural: bool, name: bool) -> str:
    """A noun phrase that opens with "a" or "an"."""
    first, _, rest = phrase.partition(" ")
    if first.lower() in ("the", "this", "that"):
        phrase = rest or phrase
    elif first.lower() in fw.DETERMINERS or first.lower() == "her":
        return phrase
    if plural or name:
        return phrase
    vowel = phrase[:1].lower() in "aeiou" and not phrase.lower().startswith(
        ("uni", "one", "eu", "use")
    )
    return f"{'an' if vowel else 'a'} {phrase}"


def sentence(text: str) -> str:
    """With a capital and a full stop."""
    text = text.strip(" ,;")
    return text[:1].upper() + text[1:] + ("" if text.endswith((".", '."', "!", "?")) else ".")
