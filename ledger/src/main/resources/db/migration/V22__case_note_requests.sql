-- Case notes that no rule fetches: a person asks, with a reason, about somebody who is in the case. What comes is kept note by note, so
-- that each can be chosen for the package or be let go by itself.

CREATE TABLE case_note_request (
  id              bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  case_id         bigint      NOT NULL REFERENCES referral_case,
  -- Under which the notes stand now; null when it is erased.
  prisoner_number text,
  from_at         timestamptz NOT NULL,
  until_at        timestamptz NOT NULL,
  -- Codes of types; none means all.
  types           text[]      NOT NULL,
  sensitive       boolean     NOT NULL,
  justification   text        NOT NULL,
  -- The person's own words; null when they are erased.
  reason          text,
  actor           text        NOT NULL,
  at              timestamptz NOT NULL DEFAULT now(),
  -- WAITING: for a second person. ASKED: the prison is to be asked. ANSWERED: it has answered. REFUSED: the second person said no.
  state           text        NOT NULL CHECK (state IN ('WAITING', 'ASKED', 'ANSWERED', 'REFUSED')),
  decided_by      text,
  decided_why     text,
  decided_at      timestamptz,
  answered_at     timestamptz,
  -- Whether the source knew the person.
  known           boolean,
  erased_by       bigint      REFERENCES erasure,
  CONSTRAINT case_note_request_window CHECK (from_at <= until_at),
  -- Nobody asks for sensitive notes alone.
  CONSTRAINT case_note_request_second CHECK (decided_by IS DISTINCT FROM actor
    AND (NOT sensitive OR state NOT IN ('ASKED', 'ANSWERED') OR decided_by IS NOT NULL))
);
CREATE INDEX case_note_request_case ON case_note_request (case_id, id);
CREATE INDEX case_note_request_person ON case_note_request (prisoner_number) WHERE prisoner_number IS NOT NULL;

CREATE TABLE case_note_found (
  id              bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  request         bigint      NOT NULL REFERENCES case_note_request,
  -- The source's own id.
  note            text        NOT NULL,
  -- The note alone, as the source gives it.
  content         bytea       NOT NULL,
  sha256          bytea       NOT NULL CHECK (length(sha256) = 32),
  sensitive       boolean     NOT NULL,
  found_at        timestamptz NOT NULL DEFAULT now(),
  -- The source has it no more, or not about this person.
  gone_at         timestamptz,
  -- Whether it is for the package; null while nobody has said.
  chosen          boolean,
  chosen_by       text,
  chosen_why      text,
  chosen_at       timestamptz,
  erased_by       bigint      REFERENCES erasure,
  UNIQUE (request, note),
  CONSTRAINT case_note_found_erased CHECK (erased_by IS NULL OR length(content) = 0)
);
-- What is not for the package goes soon.
CREATE INDEX case_note_found_unused ON case_note_found (found_at) WHERE chosen IS NOT TRUE AND erased_by IS NULL;
