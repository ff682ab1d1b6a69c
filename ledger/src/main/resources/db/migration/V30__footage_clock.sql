-- Until when the footage of a case is kept that nobody has handed over, as its latest package has it. No row: there is none that is wiped
-- by itself. A case that was built before this gets its row with its next version.

CREATE TABLE footage_clock (
  case_id    bigint  PRIMARY KEY REFERENCES referral_case,
  -- From this day on somebody is told.
  warn_on    date    NOT NULL,
  -- The last day on which the first of the recordings is kept.
  until      date    NOT NULL,
  recordings integer NOT NULL CHECK (recordings > 0),
  -- For which last day somebody was told: a work item that a person has closed is not opened again for it.
  told_until date,
  CONSTRAINT footage_clock_in_time CHECK (warn_on <= until)
);
CREATE INDEX footage_clock_to_tell ON footage_clock (warn_on) WHERE told_until IS DISTINCT FROM until;
