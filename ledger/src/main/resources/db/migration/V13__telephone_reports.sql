-- What prisons said on the telephone, and which incident report each announced. What was said is in the source record's bytes.

CREATE TABLE telephone_report (
  record          bigint      PRIMARY KEY REFERENCES source_record,
  prison          text        NOT NULL,
  occurred_at     timestamptz NOT NULL,
  told_at         timestamptz NOT NULL,
  -- WAITING for an incident report that fits, ASKED: a person says which, LINKED, ALONE: none will come, a person says
  state           text        NOT NULL DEFAULT 'WAITING',
  -- Of a person's word only.
  settled_by      text,
  reason          text,
  changed_at      timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX telephone_report_open ON telephone_report (prison, occurred_at) WHERE state IN ('WAITING', 'ASKED');
CREATE INDEX telephone_report_told ON telephone_report (told_at DESC);

CREATE TABLE telephone_match (
  telephone       bigint      NOT NULL REFERENCES telephone_report ON DELETE CASCADE,
  incident        bigint      NOT NULL REFERENCES source_record,
  score           integer     NOT NULL,
  -- Codes and points, nothing personal.
  reasons         text        NOT NULL,
  -- PROPOSED, LINKED, REFUSED by a person, who is not asked again
  state           text        NOT NULL,
  said_by         text,
  reason          text,
  at              timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (telephone, incident)
);
CREATE UNIQUE INDEX telephone_match_one ON telephone_match (telephone) WHERE state = 'LINKED';
CREATE INDEX telephone_match_incident ON telephone_match (incident);
