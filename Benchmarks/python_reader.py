"""Reads mail files with Python's email package and cuts the replies with mail-parser-reply, given as its folder."""
import email
import email.policy
import json
import sys

sys.path.insert(0, sys.argv[1])
from mailparser_reply import EmailReplyParser

parser = EmailReplyParser(languages=["en", "da", "sv", "de"])
for path in sys.argv[2:]:
    with open(path, "rb") as file:
        mail = email.message_from_binary_file(file, policy=email.policy.default)
    try:
        body = mail.get_body(preferencelist=("plain", "html"))
        text = body.get_content() if body else ""
        header = {name: str(mail[name]) for name in ("From", "To", "Cc", "Subject", "Date", "Message-ID")}
        parts = [(part.get_content_type(), part.get_filename(), len(part.get_payload(decode=True) or b"")) for part in mail.walk()]
    except Exception:  # Broken mail ends the package's own reading in many ways; what it cost counts.
        continue
    print(json.dumps({"header": header, "text": parser.parse_reply(text), "parts": parts}))
