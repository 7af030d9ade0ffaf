-- Mail out: what waits for a person and why, and how many automatic mails an address got on a day.

-- Why a mail is held; cleared once a person lets it go.
ALTER TABLE brevdue.outbox ADD COLUMN held_reason text;
-- A person let it go: no cap stops it any more.
ALTER TABLE brevdue.outbox ADD COLUMN is_released boolean NOT NULL DEFAULT false;
-- The day that it was counted on, so that another attempt is not counted again.
ALTER TABLE brevdue.outbox ADD COLUMN counted_on date;

CREATE TABLE brevdue.reply_count (
    address text NOT NULL CHECK (address = lower(address)),
    day date NOT NULL,
    count integer NOT NULL,
    PRIMARY KEY (address, day)
);
GRANT SELECT, INSERT, UPDATE, DELETE ON brevdue.reply_count TO brevdue_worker;
