-- Reports that belong to an incident report without naming it, of the telephone and of the use of force: where each stands, and what it was
-- compared with. Prison and time are the source record's, what it says is in its bytes.

CREATE TABLE matched_report (
  record          bigint      PRIMARY KEY REFERENCES source_record,
  -- When the prison rang, or the report was submitted; else when the hub learned of it.
  reported_at     timestamptz NOT NULL,
  -- WAITING for an incident report that fits, ASKED: a person says which, LINKED, ALONE: it belongs to none, a person says
  state           text        NOT NULL DEFAULT 'WAITING',
  -- Of a person's word only.
  settled_by      text,
  reason          text,
  changed_at      timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX matched_report_reported ON matched_report (reported_at DESC);

CREATE TABLE report_match (
  report          bigint      NOT NULL REFERENCES matched_report ON DELETE CASCADE,
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
CREATE UNIQUE INDEX report_match_one ON report_match (report) WHERE state = 'LINKED';
CREATE INDEX report_match_incident ON report_match (incident);

UPDATE source_record s SET prison = t.prison, occurred_at = t.occurred_at FROM telephone_report t WHERE t.record = s.id;
INSERT INTO matched_report (record, reported_at, state, settled_by, reason, changed_at)
SELECT record, told_at, state, settled_by, reason, changed_at FROM telephone_report
UNION ALL
SELECT u.record, v.fetched_at, u.state, u.settled_by, u.reason, u.changed_at
  FROM use_of_force_report u JOIN source_record s ON s.id = u.record JOIN source_version v ON v.id = s.latest_version;
INSERT INTO report_match (report, incident, score, reasons, state, said_by, reason, at)
SELECT telephone, incident, score, reasons, state, said_by, reason, at FROM telephone_match
UNION ALL
SELECT report, incident, score, reasons, state, said_by, reason, at FROM use_of_force_match;
DROP TABLE telephone_match, use_of_force_match, telephone_report, use_of_force_report;

-- What a person has said and nobody has carried out yet.
UPDATE command
   SET kind = CASE WHEN kind LIKE 'CONFIRM%' THEN 'CONFIRM_MATCH' WHEN kind LIKE 'REFUSE%' THEN 'REFUSE_MATCH' ELSE 'NO_MATCH' END,
       target = regexp_replace(target, '^telephone/', 'telephone-report/')
 WHERE kind IN ('CONFIRM_TELEPHONE', 'REFUSE_TELEPHONE', 'TELEPHONE_ALONE', 'CONFIRM_USE_OF_FORCE', 'REFUSE_USE_OF_FORCE', 'USE_OF_FORCE_ALONE');
