"""Every set, by kind; importing this fills the table."""

from tools.bake.places import homes as homes
from tools.bake.places import nature as nature
from tools.bake.places import public as public
from tools.bake.places import strange as strange
from tools.bake.places import streets as streets
from tools.bake.places import venues as venues
