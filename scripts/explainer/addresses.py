"""What tells that two records are of one document: its address, its DOI, its UN symbol. Pure."""

import re
from collections.abc import Iterable
from urllib.parse import parse_qsl, quote, unquote, urlencode, urlsplit

from explainer.records import Source

_TRACKING = re.compile(
    r"(?:utm_\w+|fbclid|gclid|gclsrc|gbraid|wbraid|dclid|msclkid|twclid|ttclid|li_fat_id|yclid|ysclid|_openstat"
    r"|mc_cid|mc_eid|mkt_tok|oly_(?:enc|anon)_id|vero_id|_hsenc|_hsmi|__hstc|__hssc|hsctatracking|igshid|igsh"
    r"|_ga|_gl|ga_(?:source|medium|campaign|term|content)|(?:pk|mtm|piwik|matomo)_\w+|s_cid|wt\.mc_id"
    r"|xtor|at_(?:medium|campaign|custom\d|link_\w+)|ns_(?:source|mchannel|campaign|linkname)|ocid|cmpid|cmp"
    r"|smid|smtyp|ref_src|ref_url|guccounter|guce_referrer(?:_sig)?|fb_(?:action_ids|action_types|source|ref)"
    r"|rb_clickid|spm|__twitter_impression|amp_(?:js_v|gsa)|usqp)",
    re.I,
)
_INDEX = re.compile(r"/(?:(?:index|default)\.(?:html?|php|aspx?|jsp)|amp)?/*$", re.I)
_AMP = {"amp", "outputtype"}
_SYMBOL = re.compile(r"(?:[ASE]|SC|GA|ST|HRC|CEDAW|CERD|CCPR|CRC|ECOSOC|SG|GA/SHC)/[A-Z0-9./-]*\d", re.I)


def tracks(name: str) -> bool:
    """Whether a parameter of an address says where the reader came from, and not which document is meant."""
    return bool(_TRACKING.fullmatch(name))


def without_tracking(url: str) -> str:
    """The address without such parameters; every other character as it was."""
    head, mark, fragment = url.partition("#")
    path, question, query = head.partition("?")
    kept = [part for part in query.split("&") if not tracks(unquote(part.partition("=")[0]))]
    rest = "" if tracks(fragment.partition("=")[0]) else mark + fragment
    return path + (question + "&".join(kept) if kept else "") + rest


def normal_address(url: str) -> str:
    """The address without what does not tell documents apart.

    Left out are the scheme, the usual port, www. and the hosts for phones, the name of an index page, the last
    slash, tracking parameters, the order of parameters, and the fragment (but not one that a script reads, #!… or
    #/…). Percent-encoding is written in one way (RFC 3986, section 6.2.2).
    """
    try:
        parts = urlsplit(url.strip())
        host, port = (parts.hostname or "").lower().rstrip("."), parts.port
    except ValueError:
        return url
    host = re.sub(r"^(?:www\d?|m|mobile|amp|touch|wap)\.(?=[^.]+\.)", "", host)
    host = re.sub(r"^([a-z-]{2,12})\.m\.(?=wiki)", r"\1.", host)
    if port not in (None, 80, 443):
        host += f":{port}"
    pairs = parse_qsl(parts.query, keep_blank_values=True)
    query = urlencode(sorted(pair for pair in pairs if not tracks(pair[0]) and pair[0].lower() not in _AMP))
    path = _INDEX.sub("", re.sub(r"/{2,}", "/", quote(unquote(parts.path), safe="/~!$&'()*+,;=:@%")))
    fragment = parts.fragment if parts.fragment.startswith(("!", "/")) else ""
    return f"{host}{path}{'?' + query if query else ''}{'#' + fragment if fragment else ''}"


def normal_doi(doi: str) -> str:
    """A DOI without the address or the word before it, in small letters: DOIs do not tell them apart."""
    return re.sub(r"^(?:https?://(?:dx\.|www\.)?doi\.org/|doi:\s*)", "", doi.strip(), flags=re.I).lower()


def doi_of_address(url: str) -> str:
    """The DOI that an address at doi.org resolves, or nothing."""
    match = re.match(r"https?://(?:dx\.|www\.)?doi\.org/(10\.[^?#]+)", url, re.I)
    return normal_doi(unquote(match[1])) if match else ""


def un_symbol(number: str) -> str:
    """The symbol of a UN document (``S/RES/2397 (2017)`` → ``S/RES/2397``), or nothing for another number."""
    match = _SYMBOL.match(re.sub(r"\s*/\s*", "/", number.strip()))
    return match[0].upper() if match else ""


def address_symbol(url: str) -> str:
    """The symbol that an address at the United Nations names, or nothing.

    Read are docs.un.org and undocs.org (…/en/S/RES/2397(2017)) and press.un.org (…/2022/sc14911.doc.htm).
    """
    if match := re.match(
        r"https?://(?:www\.)?(?:docs\.un\.org|undocs\.org)/(?:[a-z]{2}/)?([^?#]+)", url, re.I
    ):
        return re.sub(r"\(.*", "", unquote(match[1])).strip("/").upper()
    if match := re.match(
        r"https?://press\.un\.org/\S*?/(sc|gashc|gadis|gaspd|gal|ga|ecosoc|sgsm|hr|dc)(\d{3,6})\b", url, re.I
    ):
        organ = match[1].upper()
        organ = f"{organ[:2]}/{organ[2:]}" if organ[:2] in ("GA", "SG") and len(organ) > 2 else organ
        return f"{organ}/{match[2]}"
    return ""


def keys(url: str, doi: str = "", number: str = "") -> list[tuple[str, str]]:
    """What is the same for every record of one document, each with its name in messages."""
    found = [("address", normal_address(url))] if url else []
    for one in (normal_doi(doi), doi_of_address(url)):
        if one and ("DOI", one) not in found:
            found.append(("DOI", one))
    for one in (number, address_symbol(url)):
        if (symbol := un_symbol(one)) and ("UN symbol", symbol) not in found:
            found.append(("UN symbol", symbol))
    return found


def find_same(
    sources: Iterable[Source], url: str, doi: str = "", number: str = ""
) -> tuple[Source, str] | None:
    """The source that is the same document, and by what it was known; nothing where there is none."""
    wanted = set(keys(url, doi, number))
    for source in sources:
        for name, key in keys(source.URL, source.DOI or "", source.number or ""):
            if (name, key) in wanted:
                return source, name
    return None
