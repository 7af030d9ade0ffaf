-- Mailboxes that are read by IMAP: how far, by which node, and how that goes.
CREATE TABLE brevdue.mailbox (
    account text NOT NULL,
    folder text NOT NULL,
    -- The cursor: all mail up to last_uid is in the journal or set aside. UIDs hold for one uid_validity only.
    uid_validity bigint,
    last_uid bigint NOT NULL DEFAULT 0,
    -- Mail up to this UID was there before the folder was watched, or was numbered anew: it is never answered.
    old_uid bigint NOT NULL DEFAULT 0,
    -- Of that, what came earlier is not read at all.
    since timestamptz,
    -- UIDs that are stored and not marked on the server yet.
    unmarked bigint[] NOT NULL DEFAULT '{}',
    -- The refresh token that the provider gave last, in place of the configured one with this SHA-256.
    refresh_token text,
    refresh_token_of bytea,
    -- One node polls at a time; judged by the database's clock alone. The term fences off a node that lost it.
    node text,
    term bigint NOT NULL DEFAULT 0,
    leased_until timestamptz NOT NULL DEFAULT '-infinity',
    retry_at timestamptz NOT NULL DEFAULT '-infinity',
    failures integer NOT NULL DEFAULT 0,
    last_error text,
    last_success_at timestamptz,
    -- The mail that was fetched by itself when the last session ended, and how often that happened.
    suspect_uid bigint,
    suspected integer NOT NULL DEFAULT 0,
    -- What the operator should know although mail comes in.
    notice text,
    created_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    PRIMARY KEY (account, folder)
);

-- Mail that could not be read from its mailbox, which went on without it.
CREATE TABLE brevdue.mailbox_fault (
    account text NOT NULL,
    folder text NOT NULL,
    uid_validity bigint NOT NULL,
    uid bigint NOT NULL,
    reason text NOT NULL,
    at timestamptz NOT NULL DEFAULT clock_timestamp(),
    PRIMARY KEY (account, folder, uid_validity, uid)
);
GRANT SELECT, INSERT, UPDATE, DELETE ON brevdue.mailbox, brevdue.mailbox_fault TO brevdue_worker;
