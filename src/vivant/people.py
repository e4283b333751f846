"""Words for people: nouns, first names and pronouns, and the gender that each carries."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from vivant.prompts import Gender

PERSON = frozenset(
    """acrobat activist actor actress admiral adolescent adult aid airman alchemist anchor
    anchorman anchorwoman android angler apprentice archaeologist archer architect artisan
    artist assassin assistant astronaut astronomer athlete attendant auctioneer audience
    aunt author baby bagpiper baker ballerina ballet-dancer ballplayer band banker barber
    barista barrister bartender bassist batter beekeeper beggar bellhop biker biologist
    blacksmith boatman bodyguard boss bouncer boxer boy boyfriend brewer bride bridesmaid
    broker brother bullfighter burglar busker butcher butler calligrapher captain cardinal
    caregiver carpenter cashier catcher cellist champion chef chemist chief chieftain child
    chimney-sweep choreographer classmate cleaner clerk client climber clown coach cobbler
    colleague colonel comedian commander commuter composer concierge conductor cook cooper
    cop couple courier courtier cousin cowboy cowgirl coworker crew critic crowd customer
    cyborg cyclist dad dancer daughter dealer deckhand dentist designer detective diplomat
    director diver dj doctor doorman drifter driver drover drummer duchess duke duo dwarf
    editor elder electrician elf emperor empress engineer entrepreneur executive explorer
    fairy falconer family farmer farmhand father fencer ferryman fiance fiancee figure
    firefighter fisher fisherman fishmonger flamenco-dancer flautist florist footballer
    forager forester friend gambler gardener gaucho geisha general geologist girl girlfriend
    gladiator glassblower goalkeeper goldsmith gondolier governess graduate grandchild
    granddaughter grandfather grandma grandmother grandpa grandparent grandson granny groom
    guard guide guitarist gymnast hacker hairdresser halfback harpist heir herbalist herder
    hermit hero heroine hiker historian hitchhiker hobo homesteader host hostess human
    hunter hurdler husband imam individual infant infantryman innkeeper inspector instructor
    intern inventor investigator janitor jester jeweler jeweller jockey jogger journalist
    judge juggler jumper keeper kid king knight lad lady landlord lass lawyer lecturer
    librarian lifeguard lifter lighthouse-keeper lumberjack luthier machinist maestro
    magician magistrate maid maiko maker man mariachi marine martial-artist mason masseuse
    master matador matriarch mechanic medic merchant mermaid metalworker meteorologist
    midwife milkmaid miller millionaire mime miner mistress model monk mother motorcyclist
    mountaineer mover muezzin mum mushroom-forager musician nanny navigator neighbor
    neighbour nephew nerd newlywed newscaster niece ninja nomad novelist novice nun nurse
    nutritionist officer operator opponent optician optometrist painter palaeontologist
    paleontologist paramedic parent passenger pastor patient patriarch patron pedestrian
    performer perfumer pharmacist philosopher photographer physician physicist pianist
    pilgrim pilot piper pirate pitcher player plumber poet policeman policewoman politician
    pope porter postman potter preacher presenter president priest priestess prince princess
    principal prisoner professional professor programmer pupil puppeteer quarterback quartet
    queen rabbi racer rancher ranger rapper receptionist referee refugee reporter researcher
    resident retiree rider rival robot roofer rookie roommate rower runner sage sailor
    salesman saleswoman samurai saxophonist scholar schoolboy schoolgirl schoolteacher
    scientist scribe sculptor seamstress secretary seller senior sergeant server shaman
    shepherd shepherdess sheriff sherpa shoemaker shopkeeper shopper sibling singer sister
    skateboarder skater skier smith sniper snowboarder soldier somebody someone sommelier
    son sorcerer sorceress speaker spectator sprinter spy stagehand stenographer stepfather
    stepmother steward stewardess storyteller stranger striker student stuntman stuntwoman
    superhero superheroine surfer surgeon surveyor sushi-master suspect swimmer swordsman
    swordswoman tailor tanner tattooist taxidermist teacher teammate technician teen
    teenager thatcher therapist thief toddler torero tourist trader trainer trapper traveler
    traveller tribesman trio troupe trumpeter tutor twin tycoon uncle urchin usher vagrant
    vaquero vendor ventriloquist vet veteran veterinarian victim viewer viking villager
    violinist visitor volunteer waiter waitress wanderer warden warrior watchmaker
    weatherman weatherwoman weaver weightlifter welder widow widower wife winemaker witch
    witness wizard woman woodcarver woodsman woodworker worker wrestler writer yogi
    youngster youth zookeeper""".split()
)
"""Every noun that names a human being, singular."""

MAN = frozenset(
    """abbot actor airman anchorman bachelor barman baron bishop bloke boatman boy brother
    bullfighter businessman butler cameraman chef-de-cuisine clergyman count cowboy craftsman
    dad daddy doorman dude duke emir emperor eunuch father fellow ferryman fireman fisher-boy
    fisherman friar frontman gaucho gentleman gladiator godfather granddad grandfather grandpa
    grandson groom guy handyman herdsman horseman host huntsman husband imam infantryman king
    lad lord lumberjack maharaja male man matador milkman monk mr muezzin nephew nobleman
    old-timer papa patriarch pharaoh policeman pope postman priest prince rabbi repairman
    salesman samurai schoolboy sheikh shepherd-boy sir son sorcerer sportsman steward stuntman
    sultan swordsman torero tribesman tsar uncle viking waiter warlock weatherman widower wizard
    woodsman""".split()
)
"""Those that name a man."""

WOMAN = frozenset(
    """abbess abuela actress amma anchorwoman aunt auntie babushka ballerina baroness bride
    bridesmaid businesswoman chairwoman cheerleader countess cowgirl damsel daughter diva
    dowager duchess empress female fishwife flower-girl gal geisha girl goddess godmother
    governess granddaughter grandma grandmother granny heroine horsewoman hostess housewife
    huntress lady ladyship lass laundress madam maharani maid maiden maiko mama mamma masseuse
    matriarch mermaid midwife milkmaid miss mistress mom mommy mother mrs ms mum nana nanny
    niece noblewoman nonna nun poetess policewoman priestess prima-ballerina princess queen
    ranee rani saleswoman schoolgirl sculptress seamstress senora senorita señora señorita
    shepherdess showgirl sister soprano sorceress spokeswoman sportswoman stepmother stewardess
    stuntwoman sultana swordswoman tomboy waitress washerwoman weatherwoman widow wife witch
    woman""".split()
)
"""Those that name a woman."""

NEUTRAL = frozenset(
    """android being cyborg figure human individual people person robot somebody someone""".split()
)
"""Those that leave it open on purpose."""

GENERIC = frozenset(
    """man woman boy girl guy lady gentleman male female lad lass gal fellow person individual
    figure human""".split()
)
"""Those that can take up anybody of their gender: "the man" is the groom of before."""
YOUNG = frozenset("boy girl lad lass kid child teenager youngster".split())
"""Those that take up a son rather than a father."""
ELDERS = frozenset(
    """father mother dad daddy mum mom mommy parent grandfather grandmother grandpa grandma granny
    granddad grandparent uncle aunt teacher king queen""".split()
)
"""Those that name somebody older than another person of the same prompt."""
HE_NAMES = frozenset(
    """adam alan albert alex ali andrew anton antonio arthur ben benjamin bill bob bruno carl carlos
    charles chris daniel dan david diego dmitri edward eric ethan felix frank fred gabriel george
    giovanni hans harry hassan henry hiroshi hugo ian igor ivan jack jacob jake james jan javier
    jim joe john jonas jorge jose joseph juan karl kenji kevin lars leo leon liam louis luca lucas
    luis luke marco mario mark martin matt max michael mike miguel mohammed nathan nick noah oliver
    omar oscar otto pablo pascal patrick paul pedro peter philip pierre rafael raj ravi richard
    robert rob ryan sam samuel sebastian simon stefan steve steven theo thomas tim tom tony victor
    walter will william yusuf""".split()
)
"""Common first names that are mostly men's."""
SHE_NAMES = frozenset(
    """ada aisha alice amelia amy ana andrea angela anja anna anne astrid ava beatrice bella camille
    carla carmen caroline catherine charlotte chloe clara claire daisy diana elena elizabeth ella
    emily emma eva eve fatima fiona florence freya grace greta hannah heidi helen helena ines ingrid
    irene iris isabel isabella jane jennifer jenny jessica joanna julia julie karen kate
    katie lara laura lea lena lily linda lisa lucia lucy luna maja margaret maria marie marta martha
    mary maya mei mia mila nadia natalie nina nora olga olivia paula petra priya rachel rosa rose
    ruth sara sarah sofia sonia sophia sophie stella susan tanya teresa vera victoria yuki zara zoe
    """.split()
)
"""Common first names that are mostly women's."""
HE = frozenset("he him his himself".split())
SHE = frozenset("she her hers herself".split())
TOGETHER = frozenset("they them their theirs themselves both everyone everybody".split())
"""Words for all of a group."""

_MANY = {"people": "person", "folk": "person", "children": "child", "wives": "wife",
         "housewives": "housewife", "ladies": "lady", "babies": "baby"}  # fmt: skip


def singular(word: str) -> str:
    """A lower-case noun for people without its plural: "women" is "woman", "dancers" "dancer"."""
    if word in PERSON or word in MAN or word in WOMAN:
        return word
    if word in _MANY:
        return _MANY[word]
    if word.endswith("men"):
        return word[:-2] + "an"
    for ending in ("es", "s"):
        base = word.removesuffix(ending)
        if base != word and (is_known(base) or (ending == "s" and not word.endswith("ss"))):
            return base
    return word


def is_known(word: str) -> bool:
    """Whether a lower-case singular noun stands in the tables."""
    return word in PERSON or word in MAN or word in WOMAN or word in NEUTRAL


def gender_of(word: str) -> Gender | None:
    """The gender that a lower-case singular noun, a first name or a pronoun carries, or None."""
    if word in WOMAN or word in SHE or word in SHE_NAMES or word.endswith("woman"):
        return "woman"
    if word in NEUTRAL:
        return None
    if word in MAN or word in HE or word in HE_NAMES:
        return "man"
    return "man" if word.endswith("man") and len(word) > 5 else None
