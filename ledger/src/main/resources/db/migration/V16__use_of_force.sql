-- Use of force reports, and which incident report each belongs to. What they say is in the source record's bytes.

CREATE TABLE use_of_force_report (
  record          bigint      PRIMARY KEY REFERENCES source_record,
  prison          text        NOT NULL,
  occurred_at     timestamptz NOT NULL,
  -- At its source: IN_PROGRESS, SUBMITTED, COMPLETE; and whether it was taken back there.
  status          text        NOT NULL,
  deleted         boolean     NOT NULL,
  -- WAITING for an incident report that fits, ASKED: a person says which, LINKED, ALONE: it belongs to none, a person says
  state           text        NOT NULL DEFAULT 'WAITING',
  -- Of a person's word only.
  settled_by      text,
  reason          text,
  changed_at      timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX use_of_force_report_occurred ON use_of_force_report (occurred_at DESC);

CREATE TABLE use_of_force_match (
  report          bigint      NOT NULL REFERENCES use_of_force_report ON DELETE CASCADE,
  incident        bigint      NOT NULL REFERENCES source_record,
  score           integer     NOT NULL,
  -- Codes and points, nothing personal.
  reasons         text        NOT NULL,
  -- PROPOSED, LINKED, REFUSED by a person, who is not asked again
  state           text        NOT NULL,
  said_by         text,
  reason          text,
  at              timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (report, incident)
);
CREATE UNIQUE INDEX use_of_force_match_one ON use_of_force_match (report) WHERE state = 'LINKED';
CREATE INDEX use_of_force_match_incident ON use_of_force_match (incident);
