-- Which rungs of the receipt ladder are awaited, by when and from whom. Times are frozen when a clock starts: the first rung's with
-- the promise, the others' with the acceptance, because only then is it known by which channel, and so which rungs it can give.
CREATE TABLE receipt_clock (
  id              bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  case_id         bigint      NOT NULL REFERENCES referral_case ON DELETE CASCADE,
  lane            text        NOT NULL REFERENCES lane,
  package_version integer     NOT NULL,
  -- ACCEPTED, RELAYED, DELIVERED, RETRIEVED of each package; CRIME_REFERENCE, OFFICER_ALLOCATED, OUTCOME once for the case.
  rung            text        NOT NULL,
  -- Who must act: hub-operator, force-crime-desk, prison.
  owner           text        NOT NULL,
  started_at      timestamptz NOT NULL,
  warn_at         timestamptz NOT NULL,
  overdue_at      timestamptz NOT NULL,
  -- WAITING, WARNED, OVERDUE, MET, STOPPED
  state           text        NOT NULL DEFAULT 'WAITING',
  -- When it moves by itself; null when it does not any more.
  next_at         timestamptz,
  -- The receipt that met it: of this rung, or of a higher one that implies it.
  receipt         bigint      REFERENCES receipt ON DELETE CASCADE,
  ended_at        timestamptz,
  ended_why       text,
  UNIQUE (case_id, lane, package_version, rung)
);
CREATE INDEX receipt_clock_due ON receipt_clock (next_at) WHERE next_at IS NOT NULL;
CREATE INDEX receipt_clock_late ON receipt_clock (lane, state) WHERE ended_at IS NULL;
CREATE INDEX receipt_clock_receipt ON receipt_clock (receipt) WHERE receipt IS NOT NULL;
CREATE UNIQUE INDEX receipt_clock_once ON receipt_clock (case_id, lane, rung)
  WHERE ended_at IS NULL AND rung IN ('CRIME_REFERENCE', 'OFFICER_ALLOCATED', 'OUTCOME');

-- What somebody must be told of once when it begins and once when it ends.
CREATE TABLE alert (
  id              bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  -- LANE, CAUSE, EVIDENCE, RECEIPTS, DECISIONS
  kind            text        NOT NULL,
  -- What it is about: a lane, a cause, a force.
  subject         text        NOT NULL,
  force           text,
  -- RISING: not lasting yet, nobody is told. OPEN. FALLING: gone, but not for long enough; told of as open. CLEARED.
  state           text        NOT NULL,
  -- Since when it has been in this state.
  since           timestamptz NOT NULL,
  opened_at       timestamptz,
  cleared_at      timestamptz,
  -- In words, without personal data; as it stands, and frozen when it is cleared.
  what            text        NOT NULL,
  todo            text        NOT NULL,
  count           bigint      NOT NULL
);
CREATE UNIQUE INDEX alert_live ON alert (kind, subject) WHERE state <> 'CLEARED';
CREATE INDEX alert_history ON alert (opened_at DESC) WHERE opened_at IS NOT NULL;
