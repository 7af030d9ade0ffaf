"""Mixed mails without end, made from the fixtures: each from another person, about another company."""
import base64
import email
import email.policy
import json
import random
import re

from .daemon import ROOT

FOLDER = ROOT / "fixtures/mails"
COPIES_PER_COMPANY = 4
# Quoted-printable breaks lines anywhere, and people write numbers in groups.
BREAK = rb"(?:=\r?\n|[ .]|\xc2\xa0|=C2=A0|&nbsp;){0,3}"
WEIGHTS = (2, 7, 6, 5, 4, 3, 2, 1)


class Fixture:
    def __init__(self, path):
        self.name = path.stem
        plain = with_plain_text(path.read_bytes().replace(b"\r\n", b"\n"))
        self.octets = plain.replace(b"\n", b"\r\n")
        expected = json.loads(path.with_suffix(".json").read_text())
        self.number = expected["cvr"]["number"]
        self.person, self.domain = expected["from"].split("@")
        sender = email.message_from_bytes(self.octets, policy=email.policy.default)["From"].addresses
        self.sender = sender[0].addr_spec if sender and expected["kind"] != "bounce" else ""

    def copy(self, serial, number):
        """The mail under a Message-ID, a person, a domain and a company number of its own; and its envelope sender."""
        mark = b"%d" % serial
        octets = re.sub(rb"(?im)^(message-id: *<)", rb"\g<1>" + mark + b".", self.octets)
        if not self.domain.endswith("fjordtek.example"):
            octets = replaced(octets, f"{self.person}@{self.domain}", f"{self.person}.{serial}@c{number}-{self.domain}")
        if self.number:
            octets = replaced(octets, self.number, number)
        return self.sender, octets


def with_plain_text(octets):
    """A body in base64 is written out, for it is to be changed below; but not UTF-16, which no line of SMTP can hold."""
    head, _, body = octets.partition(b"\n\n")
    if not re.search(rb"(?im)^content-transfer-encoding: *base64", head):
        return octets
    text = base64.b64decode(body).replace(b"\r\n", b"\n")
    if b"\0" in text:
        return octets
    head = re.sub(rb"(?im)^(content-transfer-encoding:) *base64", rb"\1 8bit", head)
    return head + b"\n\n" + text


def replaced(octets, old, new):
    """New text for old, digits in the groups they stood in, lines broken where they were."""
    pattern = BREAK.join(re.escape(character.encode()) for character in old)
    if not old.isdigit():
        return re.sub(pattern, new.encode(), octets)

    def regrouped(found):
        digits = iter(new)
        # A no-break space in quoted-printable has digits of its own.
        return re.sub(rb"=C2=A0|[0-9]", lambda part: part[0] if len(part[0]) > 1 else next(digits).encode(), found[0])

    return re.sub(pattern, regrouped, octets)


def numbers(seed=17):
    """Eight digits that pass modulus 11, as the CVR asks for, without end; the seed makes them the same each time."""
    source = random.Random(seed)
    while True:
        digits = [source.randint(1, 9)] + [source.randint(0, 9) for _ in range(7)]
        if sum(weight * digit for weight, digit in zip(WEIGHTS, digits)) % 11 == 0:
            yield "".join(map(str, digits))


def mixed():
    """Pairs of envelope sender and octets: the fixtures in turn, a few mails about each company."""
    fixtures = [Fixture(path) for path in sorted(FOLDER.glob("*.eml"))]
    fresh = numbers()
    companies = {}
    serial = 0
    while True:
        for fixture in fixtures:
            if serial // len(fixtures) % COPIES_PER_COMPANY == 0:
                companies[fixture.name] = next(fresh)
            yield fixture.copy(serial, companies[fixture.name])
            serial += 1
