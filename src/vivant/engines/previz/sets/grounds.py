"""Places in the open, and where crowds and trains and stars are."""

from __future__ import annotations

from vivant.engines.previz.sets.place import DAY_GOLDEN, DAY_NIGHT, Place, words

GROUNDS: tuple[Place, ...] = (
    Place(
        "arena",
        words("""
            arena, stadium, olympic arena, football stadium, pitch, football pitch,
            soccer field, football field, ice rink, velodrome, boxing ring, ring,
            wrestling ring, championship, olympics, grandstand, bleacher, ballpark,
            baseball field, court side, olympic stadium, track and field, match
        """),
        ("cold", "warm"),
        words("""
            gymnast, boxer, wrestler, goalkeeper, footballer, soccer player, figure
            skater, athlete, sprinter, quarterback, hockey player, fencer,
            weightlifter
        """),
        "a full arena",
    ),
    Place(
        "racetrack",
        words("""
            racetrack, race track, race circuit, track, grand prix, pit lane, pit
            stop, speedway, motorsport circuit, racing circuit, starting grid,
            formula 1 race, formula one race, f1 race, race, finish line, go-kart
            track
        """),
        DAY_NIGHT,
        words("""
            race car driver, racing driver, race driver, formula one driver, formula
            1 driver, pit crew
        """),
        "a race track with its stand",
    ),
    Place(
        "forest",
        words("""
            forest, wood, woods, woodland, rainforest, jungle, grove, trail,
            mountain trail, forest trail, forest path, pine forest, bamboo grove,
            bamboo forest, redwood, thicket, glade, clearing, canopy, tree,
            campsite, camp, hiking trail, swamp, treehouse
        """),
        DAY_GOLDEN,
        words("""
            hiker, park ranger, ranger, lumberjack, mountain biker, elf, hunter,
            camper, scout
        """),
        "a forest trail",
    ),
    Place(
        "mountains",
        words("""
            mountain, mountaintop, peak, summit, alp, himalaya, valley, ridge,
            mountain ridge, alpine meadow, mountain meadow, mountain pass, high
            pass, hill, hillside, hilltop, highland, heather, cliff, steppe,
            plateau, andes, rocky, fjord, prairie, grassland, countryside, field,
            pasture, moor, vineyard, farm, savanna, savannah, plain, wheat field,
            volcano, ranch
        """),
        DAY_GOLDEN,
        words("""
            shepherd, shepherdess, mountaineer, climber, alpinist, farmer, herder,
            archer, cowboy, cowgirl
        """),
        "a mountain meadow",
    ),
    Place(
        "desert",
        words("""
            desert, dune, sand dune, sahara, gobi, canyon, desert canyon, badland,
            badlands, mesa, oasis, arid plain, mojave, wasteland, mars, red planet,
            camel, outback, salt flat, quarry
        """),
        DAY_GOLDEN,
        words("bedouin, nomad, tuareg guide, paleontologist, archaeologist"),
        "dunes",
    ),
    Place(
        "beach",
        words("""
            beach, sea, ocean, seaside, shore, coast, coastline, seashore, surf,
            wave, breaker, shoreline, bay, island, tropical island, pier, harbor,
            harbour, lighthouse, lagoon, promenade, boardwalk, seaside promenade,
            lake, lakeside, lakeshore, riverbank, boat, deck, yacht, ship, sailboat,
            sand, dock, cove
        """),
        DAY_GOLDEN,
        words("""
            surfer, lifeguard, sailor, fisherman, lighthouse keeper, swimmer,
            captain, pirate, mermaid, beachgoer, beach volleyball player
        """),
        "a beach",
    ),
    Place(
        "park",
        words("""
            park, garden, park bench, rose garden, botanical garden, greenhouse,
            backyard, lawn, orchard, meadow, playground, yard, picnic, flower field,
            wildflower, cherry blossom, city park, calisthenics park,
            tennis lawn, golf course, cemetery, zoo, flower bed
        """),
        DAY_GOLDEN,
        words("""
            gardener, florist, jogger, beekeeper, dog walker, golfer, runner
        """),
        "a park",
    ),
    Place(
        "snow",
        words("""
            snow, snowfield, snowy field, snowy landscape, tundra, glacier, ski
            slope, ski resort, ski lift, arctic, antarctica, antarctic, ice field,
            sea ice, iceberg, snowy mountain, snow covered mountain, snowy forest,
            snowstorm, blizzard, frozen lake, igloo, north pole, winter landscape,
            winter wonderland, piste
        """),
        ("day", "dusk"),
        words("""
            skier, snowboarder, inuit hunter, polar explorer, santa claus, dog
            sledder
        """),
        "a snowfield",
    ),
    Place(
        "spaceship",
        words("""
            spaceship, space station, international space station, starship,
            spacecraft, space shuttle, orbit, space, outer space, iss, space
            capsule, moon base, lunar base, satellite, starship bridge, moon, zero
            gravity, airlock, cockpit
        """),
        DAY_NIGHT,
        words("""
            astronaut, cosmonaut, space explorer, starship captain, alien, android
            diplomat, android, space pirate
        """),
        "a space station",
    ),
    Place(
        "burning",
        words("""
            burning building, burning house, burning, house on fire, building on
            fire, fire, flame, inferno, blaze, wildfire, engulfed, burning forest,
            explosion, wreckage, battlefield, burning room, burning warehouse, hell
        """),
        ("night", "day"),
        words("firefighter, fireman, fire fighter"),
        "a burning building",
    ),
    Place(
        "rooftop",
        words("""
            rooftop, roof, roof terrace, rooftop bar, rooftop terrace, terrace,
            balcony, skyline, rooftop garden, rooftop pool, city view, fire escape,
            helipad
        """),
        ("night", "golden"),
        (),
        "a roof terrace over a city",
    ),
    Place(
        "market",
        words("""
            market, bazaar, souk, market stall, stall, night market, street market,
            farmers market, marketplace, fish market, flea market, spice market,
            fair, carnival, funfair, amusement park, courtyard, village, village
            square, food stall, brazier, town square, medieval town
        """),
        DAY_NIGHT,
        words("""
            merchant, fishmonger, fruit seller, coffee seller, vendor, street
            vendor, spice seller
        """),
        "a covered market",
    ),
    Place(
        "tunnel",
        words("""
            subway, subway platform, subway station, subway car, subway train,
            metro, metro station, metro car, train station, train, train platform,
            railway station, railway platform, station, platform, tunnel, underpass,
            underground, train carriage, tube station, airport, departure lounge,
            terminal, parking garage, bus station
        """),
        ("cold", "warm"),
        words("""
            commuter, train conductor, busker, train driver
        """),
        "a station platform",
    ),
    Place(
        "neon_street",
        words("""
            neon street, neon alley, neon sign, neon city, alley, alleyway, neon,
            cyberpunk city, cyberpunk street, shibuya, shibuya crossing, akihabara,
            times square, chinatown, back alley, las vegas strip, billboard, red
            light district, night city, arcade
        """),
        ("night", "dusk"),
        words("""
            cyberpunk hacker, hacker, street racer, private eye
        """),
        "a wet street of neon signs",
    ),
    Place(
        "city_street",
        words("""
            street, city street, city, road, avenue, boulevard, sidewalk, pavement,
            downtown, crosswalk, crossing, intersection, square, plaza, town,
            manhattan, new york, paris, london, tokyo, neighborhood, suburb, bus
            stop, highway, bridge, traffic, taxi, parking lot, cobblestone street,
            street corner, crowd, kyoto, venice
        """),
        DAY_NIGHT,
        words("""
            policeman, policewoman, police officer, taxi driver, cyclist, courier,
            street musician, detective, skateboarder, pedestrian, mail carrier
        """),
        "a city street",
    ),
)
