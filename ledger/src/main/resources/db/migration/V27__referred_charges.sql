-- Charges that a prison has referred to the police, and the case each belongs to. No key is shared between a charge and an incident
-- report, so it is found by a score, or a person says it. What the charge says is in the source record's bytes.

CREATE TABLE referred_charge (
  record          bigint      PRIMARY KEY REFERENCES source_record,
  prisoner_number text        NOT NULL,
  prison          text        NOT NULL,
  occurred_at     timestamptz NOT NULL,
  -- When the hub first learned that it is referred: the incident report may be late by so much.
  known_at        timestamptz NOT NULL,
  -- WAITING for an incident that fits, ASKED: a person says which, LINKED with the case of an incident, OWN: it opened a case itself,
  -- DROPPED: the prison took the referral back before it belonged to a case
  state           text        NOT NULL DEFAULT 'WAITING',
  -- A step that read an older one runs again.
  version         bigint      NOT NULL DEFAULT 1,
  -- A person has said that no incident report is meant: nothing more is waited for.
  alone           boolean     NOT NULL DEFAULT false,
  -- Of a person's word only.
  settled_by      text,
  reason          text,
  changed_at      timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX referred_charge_prisoner ON referred_charge (prisoner_number) WHERE state <> 'DROPPED';
CREATE INDEX referred_charge_known ON referred_charge (known_at DESC);

CREATE TABLE referred_charge_match (
  charge          bigint      NOT NULL REFERENCES referred_charge ON DELETE CASCADE,
  case_id         bigint      NOT NULL REFERENCES referral_case,
  score           integer     NOT NULL,
  -- Codes and points, nothing personal.
  reasons         text        NOT NULL,
  -- PROPOSED, LINKED, REFUSED by a person, who is not asked again
  state           text        NOT NULL,
  said_by         text,
  reason          text,
  at              timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (charge, case_id)
);
CREATE UNIQUE INDEX referred_charge_match_one ON referred_charge_match (charge) WHERE state = 'LINKED';
CREATE INDEX referred_charge_match_case ON referred_charge_match (case_id);
