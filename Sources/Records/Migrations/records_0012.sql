-- When the database had an arrival, by its own clock; NULL for those of before.
--
-- What waits is counted from it: the clocks of the nodes, which received_at is of, may be wrong.
ALTER TABLE brevdue.arrival ADD COLUMN stored_at timestamptz;
ALTER TABLE brevdue.arrival ALTER COLUMN stored_at SET DEFAULT clock_timestamp();
