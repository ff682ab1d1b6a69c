-- When what a record tells of happened, to the moment: among many of one day in one prison the nearest in time are the ones that another
-- system's report may mean. Rows from before this have noon of their day until their next version.
ALTER TABLE source_record ADD COLUMN occurred_at timestamptz;
UPDATE source_record SET occurred_at = (occurred_on + time '12:00') AT TIME ZONE 'Europe/London' WHERE occurred_on IS NOT NULL;
-- The day in London is part of it and cannot differ.
DROP INDEX source_record_day;
ALTER TABLE source_record DROP COLUMN occurred_on;
ALTER TABLE source_record
  ADD COLUMN occurred_on date GENERATED ALWAYS AS ((occurred_at AT TIME ZONE 'Europe/London')::date) STORED;
CREATE INDEX source_record_day ON source_record (system, occurred_on, prison);
