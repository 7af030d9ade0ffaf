-- Mail that its mailbox did not give is tried again, beside what comes after it, before it is set aside for good.
ALTER TABLE brevdue.mailbox_fault
    -- How often it was asked for by itself, and whether once another mail could be had in the same session.
    ADD COLUMN attempts integer NOT NULL DEFAULT 1,
    ADD COLUMN is_proven boolean NOT NULL DEFAULT false,
    -- When it is tried again; NULL when a person has to say so.
    ADD COLUMN retry_at timestamptz;

-- brevdue.mailbox.suspected is of no more use, but nodes of the version before still ask for it: it goes in a later,
-- breaking step.
