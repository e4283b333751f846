"""The words for clothes: which garment a noun names, what a trade wears, what can't be shown."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

OUTERMOST: Mapping[str, int] = {
    "coat": 5, "raincoat": 5, "puffer": 5, "parka": 5, "turnout coat": 5, "space suit": 5,
    "shawl": 5, "lab coat": 5, "robe": 4, "safety vest": 4, "denim jacket": 4, "bomber jacket": 4,
    "leather jacket": 4, "blazer": 4, "suit": 4, "kimono": 4, "apron": 4, "chef's jacket": 4,
    "sari": 4, "uniform": 4, "dungarees": 3, "waistcoat": 3, "hoodie": 3, "cardigan": 3,
    "race suit": 3, "fencing jacket": 3, "wetsuit": 3, "sweater": 2, "gown": 2, "dress": 2,
}  # fmt: skip
"""Garments worn over others, outermost highest; what is not listed is 1."""

NOUNS: Mapping[str, str] = {
    "t-shirt": "tee", "tee-shirt": "tee", "t shirt": "tee", "tee": "tee", "tshirt": "tee",
    "crop top": "tee", "undershirt": "tee", "crew neck": "tee", "crew-neck": "tee", "top": "tee",
    "sweater": "sweater", "jumper": "sweater", "pullover": "sweater", "sweatshirt": "sweater",
    "knitwear": "sweater", "fleece": "sweater", "knit": "sweater",
    "turtleneck": "turtleneck", "turtle-neck": "turtleneck", "roll-neck": "turtleneck",
    "polo-neck": "turtleneck", "mock neck": "turtleneck", "polo neck": "turtleneck",
    "polo": "polo", "polo shirt": "polo", "golf shirt": "polo",
    "shirt": "shirt", "blouse": "shirt", "button-down": "shirt", "button-up": "shirt",
    "dress shirt": "shirt", "flannel": "shirt", "pajamas": "shirt", "pyjamas": "shirt",
    "chambray": "shirt", "guayabera": "shirt", "work shirt": "shirt",
    "tunic": "tunic", "kurta": "tunic", "dashiki": "tunic", "thobe": "tunic", "kaftan": "tunic",
    "caftan": "tunic", "smock": "tunic", "henley": "tunic", "peasant blouse": "tunic",
    "hoodie": "hoodie", "hooded sweatshirt": "hoodie", "hooded fleece": "hoodie", "hoody": "hoodie",
    "hooded sweater": "hoodie", "cardigan": "cardigan",
    "suit": "suit", "tuxedo": "suit", "business suit": "suit", "dinner jacket": "suit",
    "three-piece": "suit", "pantsuit": "blazer", "trouser suit": "blazer",
    "blazer": "blazer", "suit jacket": "blazer", "sport coat": "blazer", "sports coat": "blazer",
    "tweed jacket": "blazer", "corduroy jacket": "blazer", "velvet jacket": "blazer",
    "smoking jacket": "blazer", "linen jacket": "blazer", "tailored jacket": "blazer",
    "vest": "waistcoat", "waistcoat": "waistcoat",
    "denim jacket": "denim jacket", "jean jacket": "denim jacket", "jeans jacket": "denim jacket",
    "canvas jacket": "denim jacket", "trucker jacket": "denim jacket",
    "work jacket": "denim jacket",
    "chore coat": "denim jacket", "chore jacket": "denim jacket", "denim": "denim jacket",
    "leather jacket": "leather jacket", "biker jacket": "leather jacket",
    "leather": "leather jacket",
    "leather coat": "leather jacket", "motorcycle jacket": "leather jacket",
    "moto jacket": "leather jacket", "leathers": "leather jacket",
    "jacket": "bomber jacket", "bomber": "bomber jacket", "bomber jacket": "bomber jacket",
    "sports jacket": "bomber jacket", "track jacket": "bomber jacket",
    "tracksuit": "bomber jacket", "track suit": "bomber jacket", "windbreaker": "bomber jacket",
    "varsity jacket": "bomber jacket", "letterman jacket": "bomber jacket",
    "flight jacket": "bomber jacket", "sweatsuit": "bomber jacket", "anorak": "raincoat",
    "coat": "coat", "trench coat": "coat", "trenchcoat": "coat", "overcoat": "coat",
    "peacoat": "coat", "pea coat": "coat", "greatcoat": "coat", "topcoat": "coat", "duster": "coat",
    "trench": "coat", "wool coat": "coat", "frock coat": "coat",
    "raincoat": "raincoat", "rain jacket": "raincoat", "rain coat": "raincoat",
    "slicker": "raincoat",
    "oilskin": "raincoat", "mackintosh": "raincoat", "rain gear": "raincoat", "poncho": "shawl",
    "rain poncho": "raincoat", "waxed jacket": "raincoat",
    "puffer": "puffer", "puffer jacket": "puffer", "down jacket": "puffer", "puffer coat": "puffer",
    "puffer vest": "puffer", "quilted jacket": "puffer", "padded jacket": "puffer",
    "ski jacket": "puffer", "ski suit": "puffer", "snowsuit": "puffer", "down coat": "puffer",
    "parka": "parka", "fur coat": "parka", "sheepskin coat": "parka", "fur parka": "parka",
    "shearling": "parka", "shearling jacket": "parka", "shearling coat": "parka",
    "winter coat": "parka", "winter jacket": "parka", "furs": "parka", "sheepskin": "parka",
    "apron": "apron", "chef's jacket": "chef's jacket", "chef jacket": "chef's jacket",
    "chef's whites": "chef's jacket", "chef whites": "chef's jacket",
    "chef's coat": "chef's jacket", "chef's uniform": "chef's jacket",
    "chef coat": "chef's jacket", "chef uniform": "chef's jacket",
    "turnout gear": "turnout coat", "turnout coat": "turnout coat", "bunker gear": "turnout coat",
    "turnouts": "turnout coat", "firefighter gear": "turnout coat", "fire gear": "turnout coat",
    "firefighting gear": "turnout coat", "firefighter uniform": "turnout coat",
    "scrubs": "scrubs", "scrub top": "scrubs", "v-neck": "scrubs", "surgical gown": "scrubs",
    "hospital gown": "scrubs", "lab coat": "lab coat", "laboratory coat": "lab coat",
    "labcoat": "lab coat", "doctor's coat": "lab coat", "white coat": "lab coat",
    "space suit": "space suit", "spacesuit": "space suit", "pressure suit": "space suit",
    "uniform": "uniform", "fatigues": "uniform", "dress blues": "uniform", "regalia": "uniform",
    "coveralls": "uniform", "jumpsuit": "uniform", "boiler suit": "uniform",
    "flight suit": "uniform", "safari jacket": "uniform", "epaulettes": "uniform",
    "safety vest": "safety vest", "high-visibility vest": "safety vest", "hi-vis": "safety vest",
    "hi-vis vest": "safety vest", "high-vis vest": "safety vest", "reflective vest": "safety vest",
    "hi-vis jacket": "safety vest", "high-visibility jacket": "safety vest",
    "dungarees": "dungarees", "overalls": "dungarees",
    "fencing jacket": "fencing jacket", "fencing gear": "fencing jacket",
    "fencing uniform": "fencing jacket",
    "race suit": "race suit", "racing suit": "race suit", "fire suit": "race suit",
    "driving suit": "race suit", "racing gear": "race suit", "racing leathers": "race suit",
    "motorsport suit": "race suit", "racesuit": "race suit",
    "cycling jersey": "cycling jersey", "cycling kit": "cycling jersey",
    "bike jersey": "cycling jersey", "yellow jersey": "cycling jersey", "lycra": "cycling jersey",
    "leotard": "leotard", "bodysuit": "leotard", "unitard": "leotard", "tutu": "leotard",
    "kit": "team kit", "jersey": "team kit", "football shirt": "team kit", "team shirt": "team kit",
    "soccer jersey": "team kit", "football jersey": "team kit", "rugby shirt": "team kit",
    "tank top": "tank top", "tank": "tank top", "camisole": "tank top", "singlet": "tank top",
    "sleeveless shirt": "tank top", "sports bra": "tank top", "halter top": "tank top",
    "athletic top": "tank top", "sleeveless top": "tank top", "muscle shirt": "tank top",
    "sundress": "dress", "swimsuit": "tank top", "wetsuit": "wetsuit", "wet suit": "wetsuit",
    "diving suit": "wetsuit", "rash guard": "wetsuit",
    "dress": "dress", "frock": "dress", "pinafore": "dress", "sheath": "dress",
    "gown": "gown", "evening gown": "gown", "ball gown": "gown", "wedding dress": "gown",
    "wedding gown": "gown", "bridal gown": "gown", "evening dress": "gown", "ballgown": "gown",
    "off-shoulder dress": "gown", "strapless dress": "gown", "corset": "gown", "prom dress": "gown",
    "cocktail dress": "gown",
    "kimono": "kimono", "yukata": "kimono", "bathrobe": "kimono", "gi": "kimono",
    "hanbok": "kimono",
    "dressing gown": "kimono", "karate gi": "kimono", "judo gi": "kimono", "hanfu": "kimono",
    "robe": "robe", "robes": "robe", "cassock": "robe", "habit": "robe", "academic gown": "robe",
    "graduation gown": "robe", "vestments": "robe", "djellaba": "robe",
    "sari": "sari", "saree": "sari", "lehenga": "sari",
    "shawl": "shawl", "cloak": "shawl", "cape": "shawl", "shuka": "shawl", "pashmina": "shawl",
    "blanket": "shawl", "toga": "shawl", "serape": "shawl", "wrap": "shawl",
}  # fmt: skip
"""Nouns for what is worn on the chest → garment. Longest match wins; plurals in -s match too."""

DYED: Mapping[str, str] = {
    "canvas jacket": "tan", "sheepskin coat": "tan", "fur coat": "brown",
    "wedding dress": "white", "wedding gown": "white", "bridal gown": "white", "tuxedo": "black",
    "yellow jersey": "yellow", "white coat": "white", "waxed jacket": "olive", "bathrobe": "white",
    "gi": "white", "karate gi": "white", "judo gi": "white", "academic gown": "black",
    "graduation gown": "black", "regalia": "scarlet", "blanket": "red", "shuka": "red",
    "dress blues": "navy", "leather": "black", "trench coat": "khaki", "trench": "khaki",
    "dashiki": "orange", "flannel": "red", "pajamas": "sky", "pyjamas": "sky",
    "fatigues": "olive", "denim": "denim",
}  # fmt: skip
"""Nouns that carry a colour of their own, used where no other is named."""

PRINTED: Mapping[str, str] = {"flannel": "plaid", "fatigues": "camouflage", "dashiki": "floral"}
"""Nouns that carry a pattern of their own."""

GENERIC: Mapping[str, str] = {
    "clothes": "shirt", "clothing": "shirt", "attire": "shirt", "outfit": "shirt", "garb": "shirt",
    "garments": "shirt", "ensemble": "shirt", "gear": "shirt", "wear": "shirt",
    "costume": "shirt", "workwear": "denim jacket", "sportswear": "bomber jacket",
    "activewear": "tank top", "streetwear": "hoodie", "athleisure": "hoodie", "rags": "tunic",
    "nightwear": "shirt", "whites": "fencing jacket", "formalwear": "suit",
}  # fmt: skip
"""Words for clothes of no particular kind → what is shown where no trade says more."""

GENERIC_KIND: Mapping[str, str] = {
    "formal": "suit", "business": "suit", "casual": "tee", "comfortable": "sweater",
    "athletic": "tank top", "gym": "tank top", "workout": "tank top", "running": "tank top",
    "winter": "parka", "warm": "sweater", "rain": "raincoat", "military": "uniform",
    "traditional": "tunic", "summer": "tee", "hiking": "raincoat", "cycling": "cycling jersey",
    "racing": "race suit", "medical": "scrubs", "sports": "team kit", "football": "team kit",
    "wedding": "gown", "ski": "puffer", "work": "denim jacket", "climbing": "puffer",
    "monastic": "robe", "royal": "robe", "protective": "turnout coat", "smart": "blazer",
}  # fmt: skip
"""Adjectives that say more about clothes of no particular kind."""

SUBJECTS: Mapping[str, tuple[str, str | None, str | None]] = {
    "chef": ("chef's jacket", None, None), "cook": ("chef's jacket", None, None),
    "baker": ("chef's jacket", None, None), "firefighter": ("turnout coat", None, None),
    "fireman": ("turnout coat", None, None), "firewoman": ("turnout coat", None, None),
    "astronaut": ("space suit", None, None), "cosmonaut": ("space suit", None, None),
    "bride": ("gown", "white", None), "groom": ("suit", "black", None),
    "monk": ("robe", "saffron", None), "nun": ("robe", "black", None),
    "priest": ("robe", "black", None), "judge": ("robe", "black", None),
    "wizard": ("robe", "indigo", None), "sorcerer": ("robe", "indigo", None),
    "king": ("robe", "crimson", None), "queen": ("gown", "crimson", None),
    "emperor": ("robe", "purple", None), "princess": ("gown", "blush", None),
    "graduate": ("robe", "black", None), "nurse": ("scrubs", "teal", None),
    "surgeon": ("scrubs", "teal", None), "paramedic": ("uniform", "navy", None),
    "doctor": ("lab coat", None, None), "scientist": ("lab coat", None, None),
    "chemist": ("lab coat", None, None), "pharmacist": ("lab coat", None, None),
    "race car driver": ("race suit", None, None), "racing driver": ("race suit", None, None),
    "cyclist": ("cycling jersey", None, None), "gymnast": ("leotard", None, None),
    "ballerina": ("leotard", "blush", None), "surfer": ("wetsuit", None, None),
    "diver": ("wetsuit", None, None), "fencer": ("fencing jacket", None, None),
    "soldier": ("uniform", "olive", "camouflage"), "police officer": ("uniform", "navy", None),
    "policeman": ("uniform", "navy", None), "policewoman": ("uniform", "navy", None),
    "sailor": ("uniform", "white", None), "pilot": ("uniform", "navy", None),
    "flight attendant": ("uniform", "navy", None), "park ranger": ("uniform", "khaki", None),
    "businessman": ("suit", None, None), "businesswoman": ("blazer", "charcoal", None),
    "lawyer": ("suit", None, None), "politician": ("suit", "navy", None),
    "news anchor": ("suit", "navy", None), "detective": ("coat", "khaki", None),
    "footballer": ("team kit", None, None), "soccer player": ("team kit", None, None),
    "football player": ("team kit", None, None), "goalkeeper": ("team kit", "orange", None),
    "basketball player": ("tank top", "orange", None), "runner": ("tank top", "blue", None),
    "jogger": ("tank top", "blue", None), "samurai": ("kimono", "indigo", None),
    "geisha": ("kimono", "crimson", None), "karateka": ("kimono", "white", None),
    "judoka": ("kimono", "white", None), "construction worker": ("safety vest", None, None),
    "mechanic": ("dungarees", "navy", None), "lumberjack": ("shirt", "red", "plaid"),
    "biker": ("leather jacket", None, None), "skier": ("puffer", "red", None),
    "snowboarder": ("puffer", "teal", None), "mountaineer": ("puffer", "orange", None),
    "barista": ("apron", None, None), "butcher": ("apron", None, None),
    "mariachi": ("uniform", "black", None), "waiter": ("waistcoat", "black", None),
    "bartender": ("waistcoat", "black", None),
}  # fmt: skip
"""Trades whose clothes everybody knows → garment, colour, pattern."""

MATERIALS = frozenset({
    "silk", "satin", "velvet", "wool", "woolen", "woollen", "cotton", "linen", "leather",
    "denim", "flannel", "tweed", "cashmere", "knit", "knitted", "corduroy", "canvas",
    "chiffon", "lace", "nylon", "suede", "fleece", "fur", "quilted", "waxed",
})  # fmt: skip

PATTERN_WORDS: Mapping[str, str] = {
    "striped": "striped", "stripes": "striped", "stripe": "striped", "stripy": "striped",
    "pinstriped": "pinstriped", "pinstripe": "pinstriped", "pin-striped": "pinstriped",
    "plaid": "plaid", "tartan": "plaid", "flannel": "plaid", "lumberjack": "plaid",
    "checked": "checked", "checkered": "checked", "chequered": "checked", "gingham": "checked",
    "dotted": "dotted", "polka-dot": "dotted", "polka-dotted": "dotted", "spotted": "dotted",
    "polka": "dotted", "floral": "floral", "flowered": "floral", "flowery": "floral",
    "hawaiian": "floral", "dinosaur": "dinosaur", "dinosaurs": "dinosaur",
    "camouflage": "camouflage", "camo": "camouflage",
    "colorful": "colourful", "colourful": "colourful", "rainbow": "colourful",
    "multicolored": "colourful", "multicoloured": "colourful", "multi-colored": "colourful",
    "tie-dye": "colourful", "tie-dyed": "colourful", "vibrant": "colourful",
}  # fmt: skip
"""Words for patterns → a pattern of the wardrobe."""
