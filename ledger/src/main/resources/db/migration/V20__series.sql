-- Cases of one kind that have a suspect or a place in common. What makes a series is policy and no matter of this schema.

-- A prisoner number that is no more, and the one that its person goes by. Kept flat: the number kept is never itself removed.
CREATE TABLE merged_number (
  removed         text        PRIMARY KEY,
  kept            text        NOT NULL CHECK (kept <> removed),
  at              timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX merged_number_kept ON merged_number (kept);

-- Where the incident of a case happened, as its latest report says. One row a case; none where the report does not say.
CREATE TABLE case_place (
  case_id         bigint      PRIMARY KEY REFERENCES referral_case,
  prison          text        NOT NULL,
  family          text        NOT NULL,
  -- A digest: equal for equal places and no words.
  place           text        NOT NULL,
  occurred_at     timestamptz NOT NULL
);
CREATE INDEX case_place_near ON case_place (prison, family, place, occurred_at);

-- The earlier cases that make a series with a case, as of when its report was last judged.
CREATE TABLE case_series (
  case_id         bigint      NOT NULL REFERENCES referral_case,
  -- SAME_SUSPECT, SAME_PLACE
  kind            text        NOT NULL,
  -- The suspect's number as in the report; empty for a place.
  subject         text        NOT NULL DEFAULT '',
  other           bigint      NOT NULL REFERENCES referral_case,
  PRIMARY KEY (case_id, kind, subject, other)
);
CREATE INDEX case_series_other ON case_series (other);
