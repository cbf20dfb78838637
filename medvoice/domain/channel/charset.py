"""Sets of characters that X's rules name; each is the inside of a regular-expression class.

Source: the rules published with twitter-text 3.1 (regexps of its reference implementation). That one
matches without regard to case by upper-casing, so a few letters beyond the published ranges are drawn in;
they are listed, because Python's own rule for case would draw in others.
"""

INVALID = "\ufffe\ufeff\uffff"
DIRECTIONAL = "\u202a-\u202e\u061c\u200e\u200f\u2066-\u2069"
SPACES = "\t-\r \x85\xa0\u1680\u180e\u2000-\u200a\u2028\u2029\u202f\u205f\u3000"
PUNCTUATION = r"!'#%&()*+,\\\-./:;<=>?@\[\]\^_{|}~$"
AT_SIGNS = "@＠"
HASH_SIGNS = "#＃"

LATIN_ACCENTS = (
    "\xc0-\xd6\xd8-\xf6\xf8-\u024f\u0253\u0254\u0256\u0257\u0259\u025b\u0263\u0268\u026f\u0272\u0289\u028b"
    "\u02bb\u0300-\u036f\u1e00-\u1eff"
)
LATIN_ACCENTS_ANY_CASE = (
    f"{LATIN_ACCENTS}\u0260\u0269\u0275\u0280\u0283\u0288\u028a\u028c\u0292\u0399\u03b9\u1fbe\u2c65\u2c66"
    "\u2c7e\u2c7f\ua7dc"
)
CYRILLIC_ANY_CASE = "\u0400-\u04ff\u1c80-\u1c87"

# What ends a host name, dots, hyphens and low lines aside.
NOT_IN_HOST = rf"!'#%&()*+,\\/:;<=>?@\[\]\^{{|}}~${SPACES}{INVALID}{DIRECTIONAL}"
URL_PATH = rf"a-zA-Z{CYRILLIC_ANY_CASE}0-9!*';:=+,.$/%#\[\]\-\u2013_~@|&{LATIN_ACCENTS_ANY_CASE}"
URL_QUERY = r"a-zA-Z0-9!?*'@();:&=+$/%#\[\]\-_.,~|"
# What a path or a query may hold but not end with.
NOT_AT_PATH_END = "!*';:,.$%[]~@|&\u2013"
NOT_AT_QUERY_END = "!?*'@();:+$%[].,~|"
