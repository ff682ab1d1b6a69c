-- That a unit holds intelligence, never what it says. What stood in the notice is in the source record's bytes.
CREATE TABLE intelligence_notice (
  record          bigint      PRIMARY KEY REFERENCES source_record,
  issued_at       timestamptz NOT NULL,
  -- CURRENT, WITHDRAWN by a later notice, EXPIRED
  state           text        NOT NULL CHECK (state IN ('CURRENT', 'WITHDRAWN', 'EXPIRED')),
  -- Of one that was withdrawn before it was ever given, nothing.
  prison          text,
  -- About an incident by its number, or else about a prisoner in a window of time.
  incident        text,
  prisoner_number text,
  from_at         timestamptz,
  until_at        timestamptz,
  handling        text,
  unit            text,
  expires         date,
  changed_at      timestamptz NOT NULL DEFAULT now(),
  CONSTRAINT intelligence_notice_whole CHECK (state = 'WITHDRAWN'
    OR (prison IS NOT NULL AND handling IS NOT NULL AND unit IS NOT NULL AND expires IS NOT NULL
        AND (incident IS NOT NULL OR (prisoner_number IS NOT NULL AND from_at IS NOT NULL AND until_at IS NOT NULL))))
);
CREATE INDEX intelligence_notice_incident ON intelligence_notice (incident) WHERE state = 'CURRENT';
CREATE INDEX intelligence_notice_prisoner ON intelligence_notice (prisoner_number) WHERE state = 'CURRENT';
CREATE INDEX intelligence_notice_expires ON intelligence_notice (expires) WHERE state = 'CURRENT';

-- Which case a notice fits is looked up whenever it is asked: a case that opens later, or whose people change, has its notices by itself.
CREATE VIEW intelligence_fit AS
SELECT n.record AS notice, c.id AS case_id
  FROM intelligence_notice n JOIN referral_case c ON c.incident_reference = n.incident AND c.prison = n.prison
 WHERE n.state = 'CURRENT' AND n.expires >= (now() AT TIME ZONE 'Europe/London')::date
UNION ALL
SELECT DISTINCT n.record, c.id
  FROM intelligence_notice n
  JOIN case_person p ON p.prisoner_number = n.prisoner_number AND NOT p.former
  JOIN referral_case c ON c.id = p.case_id AND c.prison = n.prison AND c.occurred_at BETWEEN n.from_at AND n.until_at
 WHERE n.state = 'CURRENT' AND n.expires >= (now() AT TIME ZONE 'Europe/London')::date AND n.incident IS NULL;

-- That a notice was found to fit a case: said once in the evidence log, and to the unit where the force may not know.
CREATE TABLE intelligence_case (
  notice          bigint      NOT NULL REFERENCES intelligence_notice ON DELETE CASCADE,
  case_id         bigint      NOT NULL REFERENCES referral_case,
  at              timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (notice, case_id)
);
CREATE INDEX intelligence_case_case ON intelligence_case (case_id);
