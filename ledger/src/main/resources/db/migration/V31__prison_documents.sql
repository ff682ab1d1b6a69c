-- Documents that the prisons' document service holds: none by itself. A person asks what there is about somebody in the case, and chooses;
-- what is taken is a document of the case like any other.

ALTER TABLE document DROP CONSTRAINT document_source_check;
ALTER TABLE document ADD CONSTRAINT document_source_check CHECK (source IN ('PERSON', 'NOMIS', 'HMPPS'));

CREATE TABLE prison_document_search (
  id              bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  case_id         bigint      NOT NULL REFERENCES referral_case,
  -- About whom; null when it is erased.
  prisoner_number text,
  -- The person's own words; null when they are erased.
  reason          text,
  actor           text        NOT NULL,
  at              timestamptz NOT NULL DEFAULT now(),
  state           text        NOT NULL DEFAULT 'ASKED' CHECK (state IN ('ASKED', 'ANSWERED')),
  -- So many were found.
  found           integer,
  answered_at     timestamptz,
  erased_by       bigint      REFERENCES erasure
);
CREATE INDEX prison_document_search_case ON prison_document_search (case_id, id);

CREATE TABLE prison_document (
  id              bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  case_id         bigint      NOT NULL REFERENCES referral_case,
  -- The service's own id. One document of it is in a case once, whoever asks for it.
  uuid            uuid        NOT NULL,
  prisoner_number text,
  type            text        NOT NULL,
  file_name       text,
  media_type      text        NOT NULL,
  size            bigint      NOT NULL,
  created_at      timestamptz NOT NULL,
  found_at        timestamptz NOT NULL DEFAULT now(),
  -- LISTED: there is such a document. ASKED: it is to be taken. TAKEN: it is the document named. REFUSED: it was not taken, code says why.
  state           text        NOT NULL DEFAULT 'LISTED' CHECK (state IN ('LISTED', 'ASKED', 'TAKEN', 'REFUSED')),
  -- Who asked for it and why; the reason is null when it is erased.
  actor           text,
  reason          text,
  asked_at        timestamptz,
  answered_at     timestamptz,
  code            text,
  document        bigint      REFERENCES document,
  erased_by       bigint      REFERENCES erasure,
  CONSTRAINT prison_document_once UNIQUE (case_id, uuid),
  CONSTRAINT prison_document_taken CHECK ((state = 'TAKEN') = (document IS NOT NULL)),
  CONSTRAINT prison_document_refused CHECK ((state = 'REFUSED') = (code IS NOT NULL)),
  CONSTRAINT prison_document_asked CHECK (state = 'LISTED' OR actor IS NOT NULL)
);
CREATE INDEX prison_document_case ON prison_document (case_id, id);
