/// Programs for dkimpy.
enum SignedMails {
    /// Makes mails that are signed, and most of them changed, and says what dkimpy thinks of each signature.
    static let program = #"""
        import base64, json, random, subprocess, sys, time
        import dkim, nacl.signing
        random.seed(8463)
        count = json.load(open(sys.argv[1]))["count"]

        def rsa():
            key = subprocess.run(["openssl", "genrsa", "-traditional", "2048"], capture_output=True, check=True).stdout
            public = subprocess.run(["openssl", "rsa", "-pubout", "-outform", "DER"], input=key, capture_output=True, check=True).stdout
            return key, base64.b64encode(public).decode()

        key, public = rsa()
        _, foreign = rsa()
        edwards = nacl.signing.SigningKey.generate()
        seed = base64.b64encode(bytes(edwards))
        point = base64.b64encode(bytes(edwards.verify_key)).decode()
        domain = b"syd.example"
        texts = {
            "rsa._domainkey.syd.example": "v=DKIM1; k=rsa; p=" + public,
            "bare._domainkey.syd.example": "p=" + public,
            "wrong._domainkey.syd.example": "v=DKIM1; k=rsa; p=" + foreign,
            "revoked._domainkey.syd.example": "v=DKIM1; k=rsa; p=",
            "ed._domainkey.syd.example": "v=DKIM1; k=ed25519; p=" + point,
        }
        def lookup(name, timeout=5):
            text = texts.get(name.decode() if isinstance(name, bytes) else name, None) or texts.get((name.decode() if isinstance(name, bytes) else name).rstrip("."))
            return text.encode() if text else None

        bodies = [b"", b"\r\n", b"\r\n\r\n\r\n", b"Hej\r\n", b"no line end", b"Hej\r\n\r\n\r\n", b"a  b \t c \r\nd\t\r\n\r\n",
                  "Bl\u00e5b\u00e6r og gr\u00f8d\r\n".encode(), "Bl\u00e5b\u00e6r\r\n".encode("latin-1"), b".\r\n", b" \r\n\t\r\nx\r\n",
                  b"".join(b"line %d of many\r\n" % i for i in range(2000)), b"x" * 5000 + b"\r\n"]
        fields = b"Received: from a\r\n\tby b; now\r\nFrom: Ida <ida@syd.example>\r\nTo: bo@nord.example,\r\n  eva@nord.example\r\nSubject:  Om   tilbud \r\nDate: Thu, 26 Nov 2026 10:00:00 +0100\r\nMessage-ID: <1@syd.example>\r\n\r\n"
        kinds = ["as signed", "body altered", "subject altered", "second subject", "space added to subject", "space added to body",
                 "blank lines added", "append, l=", "append, no l=", "expired", "not expired", "wrong key", "no key", "revoked key",
                 "two signatures", "two, body altered", "ed25519", "ed25519, body altered", "bare key record", "upper case names",
                 "signed field removed", "from replaced"]
        ends = None
        plain = dkim.DKIM.gen_header
        def gen_header(self, sigfields, *rest, **more):
            if ends is not None:
                sigfields.insert(-3, (b"x", str(ends).encode()))
            return plain(self, sigfields, *rest, **more)
        dkim.DKIM.gen_header = gen_header

        def sign(message, selector, algorithm, forms, length=False):
            names = [b"from", b"to", b"subject", b"date", b"message-id"] + random.choice([[], [b"from", b"subject"], [b"cc"]])
            return dkim.DKIM(message).sign(selector, domain, seed if algorithm == b"ed25519-sha256" else key,
                signature_algorithm=algorithm, canonicalize=forms, include_headers=names, length=length) + message

        def verdicts(message):
            found = []
            for index in range(message.lower().count(b"dkim-signature:")):
                try:
                    found.append(bool(dkim.DKIM(message).verify(idx=index, dnsfunc=lookup)))
                except dkim.DKIMException:
                    found.append(False)
            return found

        mails = []
        for number in range(count):
            kind = kinds[number % len(kinds)]
            forms = (random.choice([b"simple", b"relaxed"]), random.choice([b"simple", b"relaxed"]))
            body = random.choice(bodies)
            selector, algorithm = b"rsa", b"rsa-sha256"
            if kind.startswith("ed25519"): selector, algorithm = b"ed", b"ed25519-sha256"
            if kind == "wrong key": selector = b"wrong"
            if kind == "no key": selector = b"missing"
            if kind == "revoked key": selector = b"revoked"
            if kind == "bare key record": selector = b"bare"
            now = int(time.time())
            ends = {"expired": now - 2 * 86400, "not expired": now + 86400}.get(kind)
            if kind == "append, l=" and not body.endswith(b"\r\n"): body += b"\r\n"
            message = sign(fields + body, selector, algorithm, forms, length=kind == "append, l=" or number % 9 == 0)
            if kind.startswith("two"): message = sign(message, b"ed", b"ed25519-sha256", forms[::-1])
            if "body altered" in kind: message = message + b"more words\r\n" if number % 2 else message[:-1] + b"#\r\n"
            if kind == "subject altered": message = message.replace(b"tilbud", b"Tilbud")
            if kind == "second subject": message = b"Subject: another\r\n" + message
            if kind == "space added to subject": message = message.replace(b"Om   tilbud", b"Om tilbud  ")
            if kind == "space added to body": message = message + b"  \r\n"
            if kind == "blank lines added": message = message + b"\r\n\r\n"
            if kind.startswith("append"): message = message + b"Appended.\r\n"
            if kind == "upper case names": message = message.replace(b"Subject:", b"SUBJECT:").replace(b"\r\nTo:", b"\r\ntO:")
            if kind == "signed field removed": message = message.replace(b"Date: Thu, 26 Nov 2026 10:00:00 +0100\r\n", b"")
            if kind == "from replaced": message = message.replace(b"ida@syd", b"bo@syd")
            mails.append({"what": "%d %s %s %r" % (number, kind, b"/".join(forms).decode(), body[:20]),
                          "octets": base64.b64encode(message).decode(), "verdicts": verdicts(message)})
        json.dump({"texts": texts, "mails": mails}, open(sys.argv[2], "w"))
        """#

    /// Says whether dkimpy takes the first signature of each mail.
    static let verifier = #"""
        import base64, json, sys
        import dkim
        job = json.load(open(sys.argv[1]))
        def lookup(name, timeout=5):
            text = job["texts"].get((name.decode() if isinstance(name, bytes) else name).rstrip("."))
            return text.encode() if text else None
        def good(octets):
            try:
                return bool(dkim.DKIM(base64.b64decode(octets)).verify(dnsfunc=lookup))
            except dkim.DKIMException:
                return False
        json.dump([good(mail) for mail in job["mails"]], open(sys.argv[2], "w"))
        """#
}
