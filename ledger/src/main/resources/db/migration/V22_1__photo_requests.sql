-- Photographs out of prison records: never by themselves, only where a person asks for one with a reason. What comes is a document of the
-- case like any other.

ALTER TABLE document ADD COLUMN source text NOT NULL DEFAULT 'PERSON' CHECK (source IN ('PERSON', 'NOMIS'));

CREATE TABLE photo_request (
  id              bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  case_id         bigint      NOT NULL REFERENCES referral_case,
  -- Of whom; null when it is erased.
  prisoner_number text,
  -- The person's own words; null when they are erased.
  reason          text,
  actor           text        NOT NULL,
  at              timestamptz NOT NULL DEFAULT now(),
  -- ASKED: the records are to be asked. STORED: it is the document named. NONE: there is no photograph of this person.
  state           text        NOT NULL DEFAULT 'ASKED' CHECK (state IN ('ASKED', 'STORED', 'NONE')),
  document        bigint      REFERENCES document,
  answered_at     timestamptz,
  erased_by       bigint      REFERENCES erasure,
  CONSTRAINT photo_request_stored CHECK ((state = 'STORED') = (document IS NOT NULL))
);
CREATE INDEX photo_request_case ON photo_request (case_id, id);
