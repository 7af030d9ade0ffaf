-- The chat door: who may post, with which secrets, and which words of a conversation are on the timeline already.

-- A sender of chats; its name stands in the webhook's URL.
CREATE TABLE brevdue.chat_source (
    name text PRIMARY KEY CHECK (name ~ '^[a-z0-9][a-z0-9_-]{0,62}$'),
    kind text NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now()
);

-- Kept as it is: a signature cannot be checked with less. The current one has no end.
CREATE TABLE brevdue.chat_secret (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    source text NOT NULL REFERENCES brevdue.chat_source,
    secret bytea NOT NULL CHECK (octet_length(secret) BETWEEN 24 AND 64),
    created_at timestamptz NOT NULL DEFAULT now(),
    valid_until timestamptz
);
CREATE UNIQUE INDEX chat_secret_current ON brevdue.chat_secret (source) WHERE valid_until IS NULL;
CREATE INDEX chat_secret_by_source ON brevdue.chat_secret (source);

-- Each utterance once: later events of a conversation may repeat what earlier ones said.
CREATE TABLE brevdue.chat_utterance (
    source text NOT NULL,
    conversation_id text NOT NULL,
    utterance_key text NOT NULL,
    message_id bigint NOT NULL REFERENCES brevdue.message,
    PRIMARY KEY (source, conversation_id, utterance_key)
);
