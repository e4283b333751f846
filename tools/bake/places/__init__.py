"""Every set, by kind; importing this fills the table."""

from tools.bake.places import streets as streets
