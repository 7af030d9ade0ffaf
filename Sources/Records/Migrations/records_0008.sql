-- Mail that comes back, and mail that is answered once a day.

-- Addresses that refused mail for good: what is put into the outbox for one of them waits for a person.
CREATE TABLE brevdue.suppressed_address (
    address text PRIMARY KEY,
    status text NOT NULL,
    -- What the remote server said.
    words text,
    -- The mail that came back, and the message that told of it.
    outbox_id bigint NOT NULL REFERENCES brevdue.outbox,
    message_id bigint NOT NULL REFERENCES brevdue.message,
    suppressed_at timestamptz NOT NULL DEFAULT now()
);
GRANT SELECT, INSERT, DELETE ON brevdue.suppressed_address TO brevdue_worker;

-- Whoever puts a mail there: no way into the outbox leads around it.
CREATE FUNCTION brevdue.hold_for_suppressed() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE refusal brevdue.suppressed_address;
BEGIN
    SELECT s.* INTO refusal FROM unnest(NEW.recipients) AS r
        JOIN brevdue.suppressed_address s ON s.address = lower(r) LIMIT 1;
    IF refusal.address IS NOT NULL AND NEW.state = 'queued' THEN
        NEW.state := 'held';
        NEW.held_reason := format('%s takes no mail since %s: %s', refusal.address, refusal.suppressed_at::date,
            coalesce(refusal.words, refusal.status));
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER hold_for_suppressed BEFORE INSERT ON brevdue.outbox
    FOR EACH ROW EXECUTE FUNCTION brevdue.hold_for_suppressed();

-- When somebody outside got an automatic receipt last, for each mailbox of ours and each kind of receipt.
CREATE TABLE brevdue.automatic_receipt (
    address text NOT NULL,
    mailbox text NOT NULL,
    kind text NOT NULL,
    given_at timestamptz NOT NULL,
    PRIMARY KEY (address, mailbox, kind)
);
GRANT SELECT, INSERT, UPDATE, DELETE ON brevdue.automatic_receipt TO brevdue_worker;
