"""The table of places: one row a place, and the words that mean it.

``words`` are nouns and short phrases in the singular, without accents, a space between tokens. They
say where somebody is; ``trades`` are people found there when nothing else is said. To add a place,
add a row here and a set of the same name to ``tools/bake``.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Place:
    """A set: its name, the words that mean it, its lights (the first is the usual one)."""

    name: str
    words: tuple[str, ...]
    lights: tuple[str, str]
    trades: tuple[str, ...] = ()
    note: str = ""


def _split(words: str) -> tuple[str, ...]:
    return tuple(" ".join(w.split()) for w in words.split(",") if w.strip())


_DAY_EVENING, _DAY_NIGHT = ("day", "evening"), ("day", "night")
_DAY_GOLDEN = ("day", "golden")

PLACES: tuple[Place, ...] = (
    Place(
        "kitchen",
        _split("""
            kitchen, kitchenette, stove, sink, bakery, galley, scullery, pantry,
            pizzeria kitchen
        """),
        _DAY_EVENING, _split("chef, cook, baker, pastry chef, sous chef"), "a working kitchen",
    ),
    Place(
        "classroom",
        _split("""
            classroom, class, lecture hall, lecture theatre, lecture theater,
            schoolroom, school, seminar room, seminar, blackboard, chalkboard,
            whiteboard, auditorium, kindergarten, university, college, campus
        """),
        _DAY_EVENING, _split("""
            teacher, professor, student, pupil, lecturer, schoolgirl, schoolboy,
            tutor
        """),
        "a classroom with a chalkboard",
    ),
    Place(
        "office",
        _split("""
            office, conference room, meeting room, boardroom, cubicle, coworking
            space, workplace, open plan office, headquarters, desk, call center,
            call centre, law firm, bank, penthouse, skyscraper
        """),
        _DAY_NIGHT, _split("""
            businessman, businesswoman, ceo, manager, lawyer, accountant,
            programmer, executive, entrepreneur
        """),
        "a meeting room above a city",
    ),
    Place(
        "living_room",
        _split("""
            living room, sitting room, lounge, parlor, parlour, sofa, couch,
            armchair, fireplace, home, apartment, flat, house, farmhouse, cottage,
            den, family room, dining room, cabin, hearth
        """),
        _DAY_EVENING, (), "a living room",
    ),
    Place(
        "bedroom",
        _split("""
            bedroom, bed, dorm room, dormitory, nursery, hotel room, motel room,
            guest room, pillow, studio apartment
        """),
        _DAY_EVENING, (), "a bedroom",
    ),
    Place(
        "workshop",
        _split("""
            workshop, garage, workbench, woodshop, shed, barn, forge, smithy,
            foundry, atelier, tool shed, repair shop, bicycle shop, bike shop,
            factory, furnace, studio papered, tailor shop, pottery studio, pottery,
            art studio, artist studio, painting studio, brick studio, warehouse,
            tattoo studio
        """),
        _DAY_EVENING, _split("""
            carpenter, mechanic, blacksmith, luthier, violin maker, watchmaker,
            potter, glassblower, welder, cobbler, seamstress, tailor, woodworker,
            craftsman, artisan, sculptor
        """),
        "a maker's workshop",
    ),
    Place(
        "library",
        _split("""
            library, bookshop, bookstore, reading room, archive, bookshelf,
            bookcase, book shop, book store, study
        """),
        _DAY_EVENING, _split("librarian, scholar, archivist, bookseller"), "an old library",
    ),
    Place(
        "cafe",
        _split("""
            cafe, coffee shop, coffeehouse, coffee house, restaurant, diner, bistro,
            tea house, teahouse, tea room, brasserie, trattoria, canteen, cafeteria,
            pizzeria, eatery, patisserie, ice cream parlor
        """),
        _DAY_EVENING, _split("barista, waiter, waitress"), "a café",
    ),
    Place(
        "bar",
        _split("""
            bar, pub, nightclub, club, tavern, saloon, cocktail bar, speakeasy, jazz
            club, dance floor, dancefloor, disco, casino, bar counter, lounge bar,
            dive bar, wine bar, karaoke bar, brewery
        """),
        ("warm", "cold"), _split("bartender, bouncer, mixologist, barman, barmaid, dj"), "a bar",
    ),
    Place(
        "hospital",
        _split("""
            hospital, clinic, emergency room, operating room, operating theatre,
            operating theater, ward, hospital corridor, hospital ward, hospital
            room, surgery, infirmary, intensive care unit, icu, corridor, hallway,
            waiting room, dentist office, doctor office, pharmacy
        """),
        _DAY_NIGHT, _split("""
            nurse, doctor, surgeon, paramedic, dentist, patient, medic, pharmacist
        """),
        "a hospital corridor",
    ),
    Place(
        "laboratory",
        _split("""
            laboratory, lab, research facility, clean room, cleanroom, observatory,
            control room, server room, data center, data centre
        """),
        ("cold", "warm"), _split("""
            scientist, chemist, biologist, researcher, physicist, lab technician
        """),
        "a laboratory",
    ),
    Place(
        "ballroom",
        _split("""
            ballroom, wedding venue, wedding, wedding hall, wedding reception,
            reception hall, reception, banquet hall, banquet, chandelier, gala,
            palace, grand hall, party, dance hall, opera house, mansion, wedding
            party, throne room, castle hall, prom
        """),
        _DAY_EVENING, _split("bride, groom, wedding photographer, waltz dancer, duchess"),
        "a hall set for a wedding",
    ),
    Place(
        "church",
        _split("""
            church, cathedral, chapel, temple, monastery, abbey, nave, altar,
            basilica, mosque, shrine, pew, cloister, crypt
        """),
        _DAY_EVENING, _split("priest, nun, monk, bishop, pastor, choirboy"), "a church nave",
    ),
    Place(
        "shop",
        _split("""
            shop, store, supermarket, convenience store, grocery, grocery store,
            aisle, supermarket aisle, checkout, corner shop, boutique, mall,
            shopping mall, department store, toy store, record store, record shop,
            deli, gas station
        """),
        _DAY_EVENING, _split("cashier, shopkeeper, shop assistant, night clerk, clerk, grocer"),
        "a shop with full shelves",
    ),
    Place(
        "gallery",
        _split("gallery, museum, art gallery, art museum, exhibition, exhibit, art exhibition"),
        _DAY_EVENING, _split("curator, art critic, gallerist"), "a gallery of paintings",
    ),
    Place(
        "newsroom",
        _split("""
            newsroom, news desk, tv studio, television studio, news studio,
            broadcast studio, broadcasting studio, sports studio, studio setting,
            control center, control centre, mission control, screen, monitor,
            weather map, national hurricane center, news set, press room, broadcast,
            anchor desk, podcast studio
        """),
        ("cold", "warm"), _split("""
            meteorologist, news anchor, newscaster, presenter, news presenter,
            anchorman, anchorwoman, weather expert, weatherman, sportscaster,
            reporter, journalist, tv host, commentator
        """),
        "a news studio with screens",
    ),
    Place(
        "stage",
        _split("""
            stage, concert, concert hall, theatre, theater, music festival, rock
            concert, opera, spotlight, open mic, comedy club, talent show, gig,
            festival stage, orchestra pit, recording studio, circus, catwalk, runway
        """),
        ("warm", "cold"), _split("""
            singer, rock star, musician, guitarist, drummer, dancer, ballerina,
            actor, actress, comedian, stand-up comedian, magician, rapper, pianist,
            violinist, conductor, jazz drummer, pop star, vocalist, mariachi singer
        """),
        "a stage in coloured light",
    ),
    Place(
        "arena",
        _split("""
            arena, stadium, olympic arena, football stadium, pitch, football pitch,
            soccer field, football field, ice rink, velodrome, boxing ring, ring,
            wrestling ring, championship, olympics, grandstand, bleacher, ballpark,
            baseball field, court side, olympic stadium, track and field, match
        """),
        ("cold", "warm"), _split("""
            gymnast, boxer, wrestler, goalkeeper, footballer, soccer player, figure
            skater, athlete, sprinter, quarterback, hockey player, fencer,
            weightlifter
        """),
        "a full arena",
    ),
    Place(
        "gym",
        _split("""
            gym, gymnasium, tennis court, indoor tennis court, basketball court,
            indoor court, sports hall, fitness center, fitness centre, dojo, fitness
            studio, volleyball court, dance studio, yoga studio, badminton court,
            squash court, climbing wall, locker room, weight room, training hall
        """),
        _DAY_EVENING, _split("""
            tennis player, basketball player, personal trainer, yoga instructor,
            coach, karateka, volleyball player
        """),
        "an indoor court",
    ),
    Place(
        "racetrack",
        _split("""
            racetrack, race track, race circuit, track, grand prix, pit lane, pit
            stop, speedway, motorsport circuit, racing circuit, starting grid,
            formula 1 race, formula one race, f1 race, race, finish line, go-kart
            track
        """),
        _DAY_NIGHT, _split("""
            race car driver, racing driver, race driver, formula one driver, formula
            1 driver, pit crew
        """),
        "a race track with its stand",
    ),
    Place(
        "studio",
        _split("""
            plain background, backdrop, studio backdrop, photo studio, plain
            backdrop, studio, photography studio, white background, black
            background, gray background, grey background, portrait studio, neutral
            background, blank background, solid background, simple background,
            seamless white, seamless backdrop, paper backdrop, film studio, green
            screen, plain wall, blank wall, white wall
        """),
        ("cold", "warm"), (), "a photographer's canvas",
    ),
    Place(
        "forest",
        _split("""
            forest, wood, woods, woodland, rainforest, jungle, grove, trail,
            mountain trail, forest trail, forest path, pine forest, bamboo grove,
            bamboo forest, redwood, thicket, glade, clearing, canopy, tree,
            campsite, camp, hiking trail, swamp, treehouse
        """),
        _DAY_GOLDEN, _split("""
            hiker, park ranger, ranger, lumberjack, mountain biker, elf, hunter,
            camper, scout
        """),
        "a forest trail",
    ),
    Place(
        "mountains",
        _split("""
            mountain, mountaintop, peak, summit, alp, himalaya, valley, ridge,
            mountain ridge, alpine meadow, mountain meadow, mountain pass, high
            pass, hill, hillside, hilltop, highland, heather, cliff, steppe,
            plateau, andes, rocky, fjord, prairie, grassland, countryside, field,
            pasture, moor, vineyard, farm, savanna, savannah, plain, wheat field,
            volcano, ranch
        """),
        _DAY_GOLDEN, _split("""
            shepherd, shepherdess, mountaineer, climber, alpinist, farmer, herder,
            archer, cowboy, cowgirl
        """),
        "a mountain meadow",
    ),
    Place(
        "desert",
        _split("""
            desert, dune, sand dune, sahara, gobi, canyon, desert canyon, badland,
            badlands, mesa, oasis, arid plain, mojave, wasteland, mars, red planet,
            camel, outback, salt flat, quarry
        """),
        _DAY_GOLDEN, _split("bedouin, nomad, tuareg guide, paleontologist, archaeologist"), "dunes",
    ),
    Place(
        "beach",
        _split("""
            beach, sea, ocean, seaside, shore, coast, coastline, seashore, surf,
            wave, breaker, shoreline, bay, island, tropical island, pier, harbor,
            harbour, lighthouse, lagoon, promenade, boardwalk, seaside promenade,
            lake, lakeside, lakeshore, riverbank, boat, deck, yacht, ship, sailboat,
            sand, dock, cove
        """),
        _DAY_GOLDEN, _split("""
            surfer, lifeguard, sailor, fisherman, lighthouse keeper, swimmer,
            captain, pirate, mermaid, beachgoer, beach volleyball player
        """),
        "a beach",
    ),
    Place(
        "park",
        _split("""
            park, garden, park bench, rose garden, botanical garden, greenhouse,
            backyard, lawn, orchard, meadow, playground, yard, picnic, flower field,
            wildflower, cherry blossom, city park, calisthenics park,
            tennis lawn, golf course, cemetery, zoo, flower bed
        """),
        _DAY_GOLDEN, _split("""
            gardener, florist, jogger, beekeeper, dog walker, golfer, runner
        """), "a park",
    ),
    Place(
        "snow",
        _split("""
            snow, snowfield, snowy field, snowy landscape, tundra, glacier, ski
            slope, ski resort, ski lift, arctic, antarctica, antarctic, ice field,
            sea ice, iceberg, snowy mountain, snow covered mountain, snowy forest,
            snowstorm, blizzard, frozen lake, igloo, north pole, winter landscape,
            winter wonderland, piste
        """),
        ("day", "dusk"), _split("""
            skier, snowboarder, inuit hunter, polar explorer, santa claus, dog
            sledder
        """),
        "a snowfield",
    ),
    Place(
        "spaceship",
        _split("""
            spaceship, space station, international space station, starship,
            spacecraft, space shuttle, orbit, space, outer space, iss, space
            capsule, moon base, lunar base, satellite, starship bridge, moon, zero
            gravity, airlock, cockpit
        """),
        _DAY_NIGHT, _split("""
            astronaut, cosmonaut, space explorer, starship captain, alien, android
            diplomat, android, space pirate
        """),
        "a space station",
    ),
    Place(
        "burning",
        _split("""
            burning building, burning house, burning, house on fire, building on
            fire, fire, flame, inferno, blaze, wildfire, engulfed, burning forest,
            explosion, wreckage, battlefield, burning room, burning warehouse, hell
        """),
        ("night", "day"), _split("firefighter, fireman, fire fighter"), "a burning building",
    ),
    Place(
        "rooftop",
        _split("""
            rooftop, roof, roof terrace, rooftop bar, rooftop terrace, terrace,
            balcony, skyline, rooftop garden, rooftop pool, city view, fire escape,
            helipad
        """),
        ("night", "golden"), (), "a roof terrace over a city",
    ),
    Place(
        "market",
        _split("""
            market, bazaar, souk, market stall, stall, night market, street market,
            farmers market, marketplace, fish market, flea market, spice market,
            fair, carnival, funfair, amusement park, courtyard, village, village
            square, food stall, brazier, town square, medieval town
        """),
        _DAY_NIGHT, _split("""
            merchant, fishmonger, fruit seller, coffee seller, vendor, street
            vendor, spice seller
        """),
        "a covered market",
    ),
    Place(
        "tunnel",
        _split("""
            subway, subway platform, subway station, subway car, subway train,
            metro, metro station, metro car, train station, train, train platform,
            railway station, railway platform, station, platform, tunnel, underpass,
            underground, train carriage, tube station, airport, departure lounge,
            terminal, parking garage, bus station
        """),
        ("cold", "warm"), _split("""
            commuter, train conductor, busker, train driver
        """), "a station platform",
    ),
    Place(
        "neon_street",
        _split("""
            neon street, neon alley, neon sign, neon city, alley, alleyway, neon,
            cyberpunk city, cyberpunk street, shibuya, shibuya crossing, akihabara,
            times square, chinatown, back alley, las vegas strip, billboard, red
            light district, night city, arcade
        """),
        ("night", "dusk"), _split("""
            cyberpunk hacker, hacker, street racer, private eye
        """), "a wet street of neon signs",
    ),
    Place(
        "city_street",
        _split("""
            street, city street, city, road, avenue, boulevard, sidewalk, pavement,
            downtown, crosswalk, crossing, intersection, square, plaza, town,
            manhattan, new york, paris, london, tokyo, neighborhood, suburb, bus
            stop, highway, bridge, traffic, taxi, parking lot, cobblestone street,
            street corner, crowd, kyoto, venice
        """),
        _DAY_NIGHT, _split("""
            policeman, policewoman, police officer, taxi driver, cyclist, courier,
            street musician, detective, skateboarder, pedestrian, mail carrier
        """),
        "a city street",
    ),
)  # fmt: skip
"""Every place that has plates, in no order that matters."""

BY_NAME = {place.name: place for place in PLACES}
