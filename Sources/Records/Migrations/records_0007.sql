-- Passwords of mail programs, and what was found out about who really sent a mail.

-- Each mail program has a password of its own, so that one can be taken back without the others.
CREATE TABLE brevdue.app_password (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    user_id uuid NOT NULL REFERENCES brevdue.app_user,
    label text NOT NULL CHECK (label <> ''),
    scram_keys text NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now(),
    UNIQUE (user_id, label)
);
GRANT SELECT, INSERT, DELETE ON brevdue.app_password TO brevdue_worker;

-- The journal says what came in; this says who it is from, found out later and perhaps more than once.
CREATE TABLE brevdue.verdict (
    arrival_id bigint PRIMARY KEY,
    -- What SPF, DKIM, DMARC and ARC gave.
    verdict json NOT NULL,
    -- Whether one of our own people sent it, and whether their commands count.
    trust text NOT NULL CHECK (trust IN ('none', 'people', 'commands')),
    reason text NOT NULL,
    -- A failure of DNS left something open: it is looked at again.
    is_temporary boolean NOT NULL,
    attempts integer NOT NULL DEFAULT 1,
    decided_at timestamptz NOT NULL DEFAULT now()
);
GRANT SELECT, INSERT, UPDATE ON brevdue.verdict TO brevdue_worker;
