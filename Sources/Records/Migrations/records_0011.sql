-- What was read of attachments.

-- Once for each content, whoever sent it and however often.
CREATE TABLE brevdue.attachment_text (
    sha256 bytea PRIMARY KEY CHECK (octet_length(sha256) = 32),
    outcome text NOT NULL CHECK (outcome IN ('text', 'message', 'empty', 'unreadable', 'skipped')),
    text text NOT NULL,
    is_cut boolean NOT NULL,
    -- Why there is no text: a code, and a sentence in English.
    reason_code text,
    reason text,
    -- What a container holds, as MIME.
    message bytea,
    -- Whether another try would end the same; what lay at the machine or its settings is tried again with the next mail.
    is_final boolean NOT NULL,
    read_at timestamptz NOT NULL DEFAULT clock_timestamp()
);
GRANT SELECT, INSERT, UPDATE, DELETE ON brevdue.attachment_text TO brevdue_worker;

-- Whether an attachment is still to be read.
ALTER TABLE brevdue.attachment ADD COLUMN is_pending boolean NOT NULL DEFAULT false;

-- Whether a message is to be read again as a whole, with what is in its containers: nothing may hang on it till then.
ALTER TABLE brevdue.message ADD COLUMN awaits_contents boolean NOT NULL DEFAULT false;
