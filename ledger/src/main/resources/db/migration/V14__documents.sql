-- Files that people add to a case. The bytes lie in pieces beside the row, so that neither a node nor a statement ever holds a whole one.

CREATE TABLE document (
  id              bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  case_id         bigint      NOT NULL REFERENCES referral_case,
  kind            text        NOT NULL,
  -- RECEIVING: no more than a place for pieces, shown to nobody. RECEIVED: whole, not scanned. CLEAN, INFECTED: what the scanner said.
  state           text        NOT NULL CHECK (state IN ('RECEIVING', 'RECEIVED', 'CLEAN', 'INFECTED')),
  -- As the person's machine names it; null where none came with it, and when it is erased.
  file_name       text,
  media_type      text,
  size            bigint,
  sha256          bytea       CHECK (length(sha256) = 32),
  actor           text        NOT NULL,
  at              timestamptz NOT NULL DEFAULT now(),
  -- When the last piece came.
  touched_at      timestamptz NOT NULL DEFAULT now(),
  scanned_at      timestamptz,
  -- What the scanner found.
  finding         text,
  erased_by       bigint      REFERENCES erasure,
  CONSTRAINT document_whole CHECK (state = 'RECEIVING' OR (media_type IS NOT NULL AND size > 0 AND sha256 IS NOT NULL))
);
CREATE INDEX document_case ON document (case_id, id);
-- The same file is there once, whoever sends it at the same time.
CREATE UNIQUE INDEX document_once ON document (case_id, sha256) WHERE state <> 'RECEIVING';
CREATE INDEX document_receiving ON document (touched_at) WHERE state = 'RECEIVING';

CREATE TABLE document_chunk (
  document        bigint      NOT NULL REFERENCES document ON DELETE CASCADE,
  no              integer     NOT NULL,
  bytes           bytea       NOT NULL,
  PRIMARY KEY (document, no)
);
-- Photographs and PDF are compressed already.
ALTER TABLE document_chunk ALTER COLUMN bytes SET STORAGE EXTERNAL;
