"""Places under a roof."""

from __future__ import annotations

from vivant.engines.previz.sets.place import DAY_EVENING, DAY_NIGHT, Place, words

ROOMS: tuple[Place, ...] = (
    Place(
        "kitchen",
        words("""
            kitchen, kitchenette, stove, sink, bakery, galley, scullery, pantry,
            pizzeria kitchen
        """),
        DAY_EVENING,
        words("chef, cook, baker, pastry chef, sous chef"),
        "a working kitchen",
    ),
    Place(
        "classroom",
        words("""
            classroom, class, lecture hall, lecture theatre, lecture theater,
            schoolroom, school, seminar room, seminar, blackboard, chalkboard,
            whiteboard, auditorium, kindergarten, university, college, campus
        """),
        DAY_EVENING,
        words("""
            teacher, professor, student, pupil, lecturer, schoolgirl, schoolboy,
            tutor
        """),
        "a classroom with a chalkboard",
    ),
    Place(
        "office",
        words("""
            office, conference room, meeting room, boardroom, cubicle, coworking
            space, workplace, open plan office, headquarters, desk, call center,
            call centre, law firm, bank, penthouse, skyscraper
        """),
        DAY_NIGHT,
        words("""
            businessman, businesswoman, ceo, manager, lawyer, accountant,
            programmer, executive, entrepreneur
        """),
        "a meeting room above a city",
    ),
    Place(
        "living_room",
        words("""
            living room, sitting room, lounge, parlor, parlour, sofa, couch,
            armchair, fireplace, home, apartment, flat, house, farmhouse, cottage,
            den, family room, dining room, cabin, hearth
        """),
        DAY_EVENING,
        (),
        "a living room",
    ),
    Place(
        "bedroom",
        words("""
            bedroom, bed, dorm room, dormitory, nursery, hotel room, motel room,
            guest room, pillow, studio apartment
        """),
        DAY_EVENING,
        (),
        "a bedroom",
    ),
    Place(
        "workshop",
        words("""
            workshop, garage, workbench, woodshop, shed, barn, forge, smithy,
            foundry, atelier, tool shed, repair shop, bicycle shop, bike shop,
            factory, furnace, studio papered, tailor shop, pottery studio, pottery,
            art studio, artist studio, painting studio, brick studio, warehouse,
            tattoo studio
        """),
        DAY_EVENING,
        words("""
            carpenter, mechanic, blacksmith, luthier, violin maker, watchmaker,
            potter, glassblower, welder, cobbler, seamstress, tailor, woodworker,
            craftsman, artisan, sculptor
        """),
        "a maker's workshop",
    ),
    Place(
        "library",
        words("""
            library, bookshop, bookstore, reading room, archive, bookshelf,
            bookcase, book shop, book store, study
        """),
        DAY_EVENING,
        words("librarian, scholar, archivist, bookseller"),
        "an old library",
    ),
    Place(
        "cafe",
        words("""
            cafe, coffee shop, coffeehouse, coffee house, restaurant, diner, bistro,
            tea house, teahouse, tea room, brasserie, trattoria, canteen, cafeteria,
            pizzeria, eatery, patisserie, ice cream parlor
        """),
        DAY_EVENING,
        words("barista, waiter, waitress"),
        "a café",
    ),
    Place(
        "bar",
        words("""
            bar, pub, nightclub, club, tavern, saloon, cocktail bar, speakeasy, jazz
            club, dance floor, dancefloor, disco, casino, bar counter, lounge bar,
            dive bar, wine bar, karaoke bar, brewery
        """),
        ("warm", "cold"),
        words("bartender, bouncer, mixologist, barman, barmaid, dj"),
        "a bar",
    ),
    Place(
        "hospital",
        words("""
            hospital, clinic, emergency room, operating room, operating theatre,
            operating theater, ward, hospital corridor, hospital ward, hospital
            room, surgery, infirmary, intensive care unit, icu, corridor, hallway,
            waiting room, dentist office, doctor office, pharmacy
        """),
        DAY_NIGHT,
        words("""
            nurse, doctor, surgeon, paramedic, dentist, patient, medic, pharmacist
        """),
        "a hospital corridor",
    ),
    Place(
        "laboratory",
        words("""
            laboratory, lab, research facility, clean room, cleanroom, observatory,
            control room, server room, data center, data centre
        """),
        ("cold", "warm"),
        words("""
            scientist, chemist, biologist, researcher, physicist, lab technician
        """),
        "a laboratory",
    ),
    Place(
        "ballroom",
        words("""
            ballroom, wedding venue, wedding, wedding hall, wedding reception,
            reception hall, reception, banquet hall, banquet, chandelier, gala,
            palace, grand hall, party, dance hall, opera house, mansion, wedding
            party, throne room, castle hall, prom
        """),
        DAY_EVENING,
        words("bride, groom, wedding photographer, waltz dancer, duchess"),
        "a hall set for a wedding",
    ),
    Place(
        "church",
        words("""
            church, cathedral, chapel, temple, monastery, abbey, nave, altar,
            basilica, mosque, shrine, pew, cloister, crypt
        """),
        DAY_EVENING,
        words("priest, nun, monk, bishop, pastor, choirboy"),
        "a church nave",
    ),
    Place(
        "shop",
        words("""
            shop, store, supermarket, convenience store, grocery, grocery store,
            aisle, supermarket aisle, checkout, corner shop, boutique, mall,
            shopping mall, department store, toy store, record store, record shop,
            deli, gas station
        """),
        DAY_EVENING,
        words("cashier, shopkeeper, shop assistant, night clerk, clerk, grocer"),
        "a shop with full shelves",
    ),
    Place(
        "gallery",
        words("gallery, museum, art gallery, art museum, exhibition, exhibit, art exhibition"),
        DAY_EVENING,
        words("curator, art critic, gallerist"),
        "a gallery of paintings",
    ),
    Place(
        "newsroom",
        words("""
            newsroom, news desk, tv studio, television studio, news studio,
            broadcast studio, broadcasting studio, sports studio, studio setting,
            control center, control centre, mission control, screen, monitor,
            weather map, national hurricane center, news set, press room, broadcast,
            anchor desk, podcast studio
        """),
        ("cold", "warm"),
        words("""
            meteorologist, news anchor, newscaster, presenter, news presenter,
            anchorman, anchorwoman, weather expert, weatherman, sportscaster,
            reporter, journalist, tv host, commentator
        """),
        "a news studio with screens",
    ),
    Place(
        "stage",
        words("""
            stage, concert, concert hall, theatre, theater, music festival, rock
            concert, opera, spotlight, open mic, comedy club, talent show, gig,
            festival stage, orchestra pit, recording studio, circus, catwalk, runway
        """),
        ("warm", "cold"),
        words("""
            singer, rock star, musician, guitarist, drummer, dancer, ballerina,
            actor, actress, comedian, stand-up comedian, magician, rapper, pianist,
            violinist, conductor, jazz drummer, pop star, vocalist, mariachi singer
        """),
        "a stage in coloured light",
    ),
    Place(
        "gym",
        words("""
            gym, gymnasium, tennis court, indoor tennis court, basketball court,
            indoor court, sports hall, fitness center, fitness centre, dojo, fitness
            studio, volleyball court, dance studio, yoga studio, badminton court,
            squash court, climbing wall, locker room, weight room, training hall
        """),
        DAY_EVENING,
        words("""
            tennis player, basketball player, personal trainer, yoga instructor,
            coach, karateka, volleyball player
        """),
        "an indoor court",
    ),
    Place(
        "studio",
        words("""
            plain background, backdrop, studio backdrop, photo studio, plain
            backdrop, studio, photography studio, white background, black
            background, gray background, grey background, portrait studio, neutral
            background, blank background, solid background, simple background,
            seamless white, seamless backdrop, paper backdrop, film studio, green
            screen, plain wall, blank wall, white wall
        """),
        ("cold", "warm"),
        (),
        "a photographer's canvas",
    ),
)
