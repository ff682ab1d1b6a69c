-- What a prison system's own list said of one prison and one day of incidents. Kept, so that the ledger can be held against it at
-- any time: the difference of the moment, not that of the night the list was read.
CREATE TABLE source_day (
  system          text          NOT NULL,
  prison          text          NOT NULL,
  day             date          NOT NULL,
  listed_at       timestamptz   NOT NULL,
  -- One entry per report, all four in the same order.
  ids             text[]        NOT NULL,
  modified        text[]        NOT NULL,
  modified_at     timestamptz[] NOT NULL,
  statuses        text[]        NOT NULL,
  PRIMARY KEY (system, day, prison)
);
CREATE INDEX source_record_day ON source_record (system, occurred_on, prison);

-- The state that the record is in at its source, in the source's word; versions from before this have none.
ALTER TABLE source_version ADD COLUMN status text;
