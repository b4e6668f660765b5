"""
Country codes that a policy may name.

Source: ISO 3166-1 alpha-2, and the list of member states of the European Union.
"""

from __future__ import annotations

from collections.abc import Iterable

_ISO = """
ad ae af ag ai al am ao aq ar as at au aw ax az ba bb bd be bf bg bh bi bj bl bm bn bo bq br bs bt bv bw
by bz ca cc cd cf cg ch ci ck cl cm cn co cr cu cv cw cx cy cz de dj dk dm do dz ec ee eg eh er es et fi
fj fk fm fo fr ga gb gd ge gf gg gh gi gl gm gn gp gq gr gs gt gu gw gy hk hm hn hr ht hu id ie il im in
io iq ir is it je jm jo jp ke kg kh ki km kn kp kr kw ky kz la lb lc li lk lr ls lt lu lv ly ma mc md me
mf mg mh mk ml mm mn mo mp mq mr ms mt mu mv mw mx my mz na nc ne nf ng ni nl no np nr nu nz om pa pe pf
pg ph pk pl pm pn pr ps pt pw py qa re ro rs ru rw sa sb sc sd se sg sh si sj sk sl sm sn so sr ss st sv
sx sy sz tc td tf tg th tj tk tl tm tn to tr tt tv tw tz ua ug um us uy uz va vc ve vg vi vn vu wf ws ye
yt za zm zw
"""
_EU = "at be bg cy cz de dk ee es fi fr gr hr hu ie it lt lu lv mt nl pl pt ro se si sk"
COUNTRIES = frozenset(_ISO.split())
GROUPS = {"eu": frozenset(_EU.split()), "all": COUNTRIES}
ALIASES = {"uk": "gb", "el": "gr"}  # what people and libraries write
LOCALES = {code: code for code in (*GROUPS, *ALIASES, *sorted(COUNTRIES))}


def expanded(codes: Iterable[str]) -> frozenset[str]:
    """ISO codes of the countries that `codes` name, each a country, an alias or a group."""
    return frozenset[str]().union(*(GROUPS.get(code, {ALIASES.get(code, code)}) for code in codes))


def abridged(countries: frozenset[str]) -> list[str]:
    """The shortest codes that `expanded` makes the same countries of."""
    if countries == COUNTRIES:
        return ["all"]
    has_eu = countries >= GROUPS["eu"]
    return sorted(countries - GROUPS["eu"] | {"eu"} if has_eu else countries)
