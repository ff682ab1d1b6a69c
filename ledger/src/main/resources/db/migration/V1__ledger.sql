-- The ledger: the only authority on what happened. See docs/ledger.md for how the promises are kept.
-- Sequence values are not commit order: nothing reads with "id > last".

-- Source records: every version of every record as a prison system gave it -----------------------------------------

CREATE TABLE source_record (
  id              bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  system          text        NOT NULL,
  record_id       text        NOT NULL,
  latest_version  bigint,
  -- The source says the record is no more (404 after an event, or a deleted event).
  gone_at         timestamptz,
  -- Where an incident report stands that has no case of its own: UNJUDGED, WATCHED, NOT_REFERABLE, WITHDRAWN, CASE.
  disposition     text        NOT NULL DEFAULT 'UNJUDGED',
  prison          text,
  occurred_on     date,
  UNIQUE (system, record_id)
);

CREATE TABLE source_version (
  id              bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  record          bigint      NOT NULL REFERENCES source_record,
  version_no      integer     NOT NULL,
  -- bytea and never jsonb: U+0000 is legal JSON.
  raw             bytea       NOT NULL,
  sha256          bytea       NOT NULL CHECK (length(sha256) = 32),
  -- As the source wrote it (no offset), the instant it means, and whether October's repeated hour makes that a guess.
  modified_text   text,
  modified_at     timestamptz,
  modified_ambiguous boolean  NOT NULL DEFAULT false,
  fetched_at      timestamptz NOT NULL,
  fetched_from    text        NOT NULL,
  UNIQUE (record, version_no)
);
ALTER TABLE source_record ADD FOREIGN KEY (latest_version) REFERENCES source_version DEFERRABLE INITIALLY DEFERRED;

-- Domain events are hints. A row here is committed before the message is deleted at its queue.
CREATE TABLE hint (
  message_id      text        PRIMARY KEY,
  event_type      text        NOT NULL,
  subject         text,
  raw             bytea       NOT NULL,
  occurred_at     timestamptz,
  received_at     timestamptz NOT NULL DEFAULT now()
);

-- Work inside the hub: one row per (step, key); a burst of requests is one run -----------------------------------

CREATE TABLE work (
  id              bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  step            text        NOT NULL,
  key             text        NOT NULL,
  -- Requested more often than done means there is something to do; a request during a run is not lost.
  requested       bigint      NOT NULL DEFAULT 1,
  done            bigint      NOT NULL DEFAULT 0,
  -- The request number the holder of the fence took; null when nobody holds the row.
  claimed         bigint,
  first_asked_at  timestamptz NOT NULL DEFAULT now(),
  -- Quiet time is over at the latest now: a steady trickle of requests cannot put the run off for ever.
  latest_at       timestamptz NOT NULL DEFAULT now(),
  -- The lease is a pushed next_at.
  next_at         timestamptz NOT NULL DEFAULT now(),
  -- When a request that came during a run wants its own run; next_at is the lease just then and must not be touched.
  due_at          timestamptz,
  fence           bigint      NOT NULL DEFAULT 0,
  attempt         integer     NOT NULL DEFAULT 0,
  -- REJECTED, UNAVAILABLE, UNKNOWN, DEFECT; null when not parked
  parked_kind     text,
  parked_code     text,
  parked_where    text,
  parked_detail   text,
  parked_at       timestamptz,
  UNIQUE (step, key)
) WITH (fillfactor = 70, autovacuum_vacuum_scale_factor = 0.02);
CREATE INDEX work_due ON work (step, next_at) WHERE requested > done AND parked_kind IS NULL;
CREATE INDEX work_parked ON work (parked_at) WHERE parked_kind IS NOT NULL;

CREATE TABLE poll_source (
  id              bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  system          text        NOT NULL,
  stream          text        NOT NULL,
  cursor          text,
  next_at         timestamptz NOT NULL DEFAULT now(),
  fence           bigint      NOT NULL DEFAULT 0,
  attempt         integer     NOT NULL DEFAULT 0,
  last_done_at    timestamptz,
  last_error      text,
  UNIQUE (system, stream)
);

-- Cases --------------------------------------------------------------------------------------------------------------

CREATE SEQUENCE case_reference_seq;

CREATE TABLE referral_case (
  -- A step takes the number beforehand and knows it before anything is written.
  id              bigint      PRIMARY KEY DEFAULT nextval('case_reference_seq'),
  reference       text        NOT NULL UNIQUE,
  row_version     bigint      NOT NULL DEFAULT 1,
  -- AWAITING_DECISION, KEPT_INTERNAL, IN_PROGRESS, DELIVERED, CLOSED, WITHDRAWN
  state           text        NOT NULL,
  -- MANDATORY, DISCRETIONARY, NOT_REFERABLE, NEEDS_REVIEW
  verdict         text        NOT NULL,
  -- IMMEDIATE (CiPRA 24 h) or ROUTINE
  class           text        NOT NULL,
  prison          text        NOT NULL,
  force           text,
  family          text        NOT NULL,
  incident_reference text,
  occurred_at     timestamptz,
  occurred_text   text,
  opened_at       timestamptz NOT NULL DEFAULT now(),
  changed_at      timestamptz NOT NULL DEFAULT now(),
  decide_by       timestamptz,
  approved_at     timestamptz,
  approved_by     text,
  approval_reason text,
  -- A person must look: the verdict changed after approval, a withdrawal is proposed, a package would lose its suspects.
  review_code     text,
  review_detail   text,
  package_version integer     NOT NULL DEFAULT 0,
  crime_reference text,
  officer         text,
  outcome_type    text,
  outcome_at      timestamptz
);
CREATE INDEX referral_case_list ON referral_case (opened_at DESC, id DESC);
CREATE INDEX referral_case_state ON referral_case (state, opened_at DESC);
CREATE INDEX referral_case_force ON referral_case (force, opened_at DESC);
CREATE INDEX referral_case_prison ON referral_case (prison, opened_at DESC);
CREATE INDEX referral_case_incident ON referral_case (incident_reference);

-- Which source records belong to which case: a record belongs to one.
CREATE TABLE case_record (
  case_id         bigint      NOT NULL REFERENCES referral_case,
  record          bigint      NOT NULL UNIQUE REFERENCES source_record,
  linked_at       timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (case_id, record)
);

-- Who is in a case, by prisoner number; an older number stays searchable after a merge.
CREATE TABLE case_person (
  case_id         bigint      NOT NULL REFERENCES referral_case,
  prisoner_number text        NOT NULL,
  role            text        NOT NULL,
  former          boolean     NOT NULL DEFAULT false,
  PRIMARY KEY (case_id, prisoner_number, role)
);
CREATE INDEX case_person_number ON case_person (prisoner_number);

CREATE TABLE decision (
  id              bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  case_id         bigint      REFERENCES referral_case,
  record          bigint      REFERENCES source_record,
  source_version  bigint      REFERENCES source_version,
  -- TRIAGE, APPROVAL, KEEP_INTERNAL, WITHDRAWAL, ...
  kind            text        NOT NULL,
  verdict         text,
  rule_version    text,
  -- Annex A criteria codes, space separated.
  criteria        text,
  -- Questions, answers and rules that led here; codes only, no free text from the source.
  explanation     text        NOT NULL,
  actor           text        NOT NULL,
  reason          text,
  at              timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX decision_case ON decision (case_id, id);
CREATE INDEX decision_record ON decision (record, id);

CREATE TABLE package (
  id              bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  case_id         bigint      NOT NULL REFERENCES referral_case,
  version         integer     NOT NULL,
  -- REFERRAL, SUPPLEMENT, WITHDRAWAL
  kind            text        NOT NULL,
  canonical       bytea       NOT NULL,
  sha256          bytea       NOT NULL CHECK (length(sha256) = 32),
  -- Of the content without version and times: equal means nothing new to say.
  content_sha256  bytea       NOT NULL CHECK (length(content_sha256) = 32),
  schema_version  text        NOT NULL,
  mapping_version text        NOT NULL,
  readiness       text        NOT NULL,
  built_at        timestamptz NOT NULL,
  UNIQUE (case_id, version)
);

-- Lanes: one ordered queue of effects per destination and case -----------------------------------------------------

CREATE TABLE lane (
  name            text        PRIMARY KEY,
  -- FORCE, TRACKER, FEED, ADJUDICATION
  family          text        NOT NULL,
  -- Off: nothing of this lane is claimed (an operator's word).
  suspended       boolean     NOT NULL DEFAULT false,
  suspended_by    text,
  suspended_why   text,
  suspended_at    timestamptz
);

CREATE TABLE lane_case (
  id              bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  lane            text        NOT NULL REFERENCES lane,
  case_id         bigint      NOT NULL REFERENCES referral_case,
  -- The next number to give out, and the item whose turn it is; null when nothing is promised.
  next_seq        integer     NOT NULL DEFAULT 1,
  head_item       bigint,
  next_at         timestamptz NOT NULL DEFAULT now(),
  fence           bigint      NOT NULL DEFAULT 0,
  -- REJECTED, UNAVAILABLE, UNKNOWN, DEFECT; null when not parked
  parked_reason   text,
  parked_code     text,
  parked_where    text,
  parked_detail   text,
  parked_at       timestamptz,
  UNIQUE (lane, case_id)
) WITH (fillfactor = 70, autovacuum_vacuum_scale_factor = 0.02);
CREATE INDEX lane_case_due ON lane_case (lane, next_at) WHERE head_item IS NOT NULL AND parked_reason IS NULL;
CREATE INDEX lane_case_parked ON lane_case (parked_at) WHERE parked_reason IS NOT NULL;
CREATE INDEX lane_case_case ON lane_case (case_id);

CREATE TABLE lane_item (
  id              bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  lane_case       bigint      NOT NULL REFERENCES lane_case,
  seq             integer     NOT NULL,
  -- PACKAGE, WITHDRAWAL, TRACKER_ROW, CASE_EVENT, ...
  kind            text        NOT NULL,
  -- Deterministic; the partner's duplicate check and ours.
  message_id      text        NOT NULL UNIQUE,
  package_version integer,
  class           text        NOT NULL,
  -- PROMISED, SENDING, DONE, PARKED, CANCELLED
  state           text        NOT NULL DEFAULT 'PROMISED',
  -- The channels in order of preference, frozen when the effect was promised, and the one whose turn it is.
  channels        text[]      NOT NULL,
  channel_index   integer     NOT NULL DEFAULT 0,
  attempts        integer     NOT NULL DEFAULT 0,
  first_sent_at   timestamptz,
  promised_at     timestamptz NOT NULL DEFAULT now(),
  done_at         timestamptz,
  UNIQUE (lane_case, seq)
) WITH (fillfactor = 70);
ALTER TABLE lane_case ADD FOREIGN KEY (head_item) REFERENCES lane_item DEFERRABLE INITIALLY DEFERRED;

-- Rendered once per channel, before the first byte leaves; retries repeat these bytes.
CREATE TABLE rendering (
  lane_item       bigint      NOT NULL REFERENCES lane_item,
  channel         text        NOT NULL,
  content_type    text        NOT NULL,
  bytes           bytea       NOT NULL,
  sha256          bytea       NOT NULL CHECK (length(sha256) = 32),
  mapping_version text        NOT NULL,
  profile         text        NOT NULL,
  PRIMARY KEY (lane_item, channel)
);

CREATE TABLE attempt (
  id              bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  lane_item       bigint      NOT NULL REFERENCES lane_item,
  attempt_no      integer     NOT NULL,
  channel         text        NOT NULL,
  node            text        NOT NULL,
  started_at      timestamptz NOT NULL DEFAULT now(),
  finished_at     timestamptz,
  -- SENDING until known: ACCEPTED, REJECTED, UNAVAILABLE, UNKNOWN, DEFECT
  outcome         text        NOT NULL DEFAULT 'SENDING',
  -- False only when the partner provably got nothing.
  may_have_reached boolean    NOT NULL DEFAULT true,
  code            text,
  detail          text,
  UNIQUE (lane_item, attempt_no)
);

CREATE TABLE receipt (
  id              bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  case_id         bigint      NOT NULL REFERENCES referral_case,
  lane            text        NOT NULL REFERENCES lane,
  package_version integer     NOT NULL,
  -- ACCEPTED, RELAYED, DELIVERED, RETRIEVED, CRIME_REFERENCE, OFFICER_ALLOCATED, OUTCOME
  rung            text        NOT NULL,
  at              timestamptz NOT NULL,
  owner           text        NOT NULL,
  deadline        timestamptz,
  evidence_sha256 bytea       NOT NULL CHECK (length(evidence_sha256) = 32),
  detail          text,
  UNIQUE (case_id, lane, package_version, rung)
);

-- What partners send us: stored before it is acknowledged ------------------------------------------------------------

CREATE TABLE inbound (
  id              bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  channel         text        NOT NULL,
  -- From the client certificate, never from the body.
  sender          text        NOT NULL,
  raw             bytea       NOT NULL,
  sha256          bytea       NOT NULL CHECK (length(sha256) = 32),
  received_at     timestamptz NOT NULL DEFAULT now(),
  -- RECEIVED, VALID, REJECTED, APPLIED, CONFLICT
  state           text        NOT NULL DEFAULT 'RECEIVED',
  message_id      text,
  case_reference  text,
  code            text,
  code_where      text,
  detail          text,
  UNIQUE (channel, sender, sha256)
);
CREATE INDEX inbound_message ON inbound (sender, message_id);
CREATE INDEX inbound_desk ON inbound (received_at) WHERE state IN ('REJECTED', 'CONFLICT');

CREATE TABLE outcome (
  id              bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  inbound         bigint      NOT NULL UNIQUE REFERENCES inbound,
  case_id         bigint      NOT NULL REFERENCES referral_case,
  force           text        NOT NULL,
  message_id      text        NOT NULL,
  type            text        NOT NULL,
  code            text,
  at              timestamptz NOT NULL,
  crime_reference text,
  officer         text,
  reason          text,
  applied_at      timestamptz NOT NULL DEFAULT now(),
  UNIQUE (force, message_id)
);
CREATE INDEX outcome_case ON outcome (case_id, id);

-- People and routes ---------------------------------------------------------------------------------------------------

CREATE TABLE hub_user (
  username        text        PRIMARY KEY,
  password_hash   text        NOT NULL,
  -- VIEWER, COORDINATOR, OPERATOR, ADMIN
  role            text        NOT NULL,
  -- Empty sees nothing; '*' sees all.
  prisons         text[]      NOT NULL DEFAULT '{}',
  forces          text[]      NOT NULL DEFAULT '{}',
  enabled         boolean     NOT NULL DEFAULT true,
  must_change     boolean     NOT NULL DEFAULT true,
  created_at      timestamptz NOT NULL DEFAULT now(),
  created_by      text        NOT NULL
);

-- What a person asked for, with who and why; flows carry it out.
CREATE TABLE command (
  id              bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  -- APPROVE, KEEP_INTERNAL, CONFIRM_WITHDRAWAL, RELEASE, ...
  kind            text        NOT NULL,
  target          text        NOT NULL,
  argument        text,
  actor           text        NOT NULL,
  reason          text        NOT NULL,
  asked_at        timestamptz NOT NULL DEFAULT now(),
  done_at         timestamptz,
  result          text
);

CREATE TABLE route_state (
  route_id        text        PRIMARY KEY,
  -- RUNNING, SUSPENDED
  wanted          text        NOT NULL,
  actor           text        NOT NULL,
  reason          text        NOT NULL,
  at              timestamptz NOT NULL DEFAULT now()
);

-- The evidence log: DPA 2018 s62. Case reference, keyed pseudonym, actor, reason, recipient, hashes; never content ---------

CREATE TABLE evidence (
  id              bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  at              timestamptz NOT NULL DEFAULT now(),
  -- COLLECTION, ALTERATION, CONSULTATION, DISCLOSURE, COMBINATION, ERASURE
  kind            text        NOT NULL,
  case_reference  text,
  subject         text,
  actor           text        NOT NULL,
  reason          text        NOT NULL,
  recipient       text,
  payload_sha256  bytea,
  mapping_version text,
  rule_version    text,
  detail          text,
  -- Set once by the one chain writer.
  chain_no        bigint      UNIQUE,
  previous_hash   bytea,
  hash            bytea
);
CREATE INDEX evidence_unchained ON evidence (id) WHERE chain_no IS NULL;
CREATE INDEX evidence_case ON evidence (case_reference, id);

CREATE FUNCTION evidence_is_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'UPDATE' THEN
    -- The one change there is: the chain writer fills in the chain, once.
    IF OLD.chain_no IS NULL AND NEW.chain_no IS NOT NULL
       AND (NEW.id, NEW.at, NEW.kind, NEW.case_reference, NEW.subject, NEW.actor, NEW.reason, NEW.recipient,
            NEW.payload_sha256, NEW.mapping_version, NEW.rule_version, NEW.detail)
           IS NOT DISTINCT FROM
           (OLD.id, OLD.at, OLD.kind, OLD.case_reference, OLD.subject, OLD.actor, OLD.reason, OLD.recipient,
            OLD.payload_sha256, OLD.mapping_version, OLD.rule_version, OLD.detail) THEN
      RETURN NEW;
    END IF;
  END IF;
  RAISE EXCEPTION 'the evidence log is append-only';
END $$;
CREATE TRIGGER evidence_append_only BEFORE UPDATE OR DELETE ON evidence
  FOR EACH ROW EXECUTE FUNCTION evidence_is_append_only();
CREATE TRIGGER evidence_never_truncated BEFORE TRUNCATE ON evidence
  FOR EACH STATEMENT EXECUTE FUNCTION evidence_is_append_only();

-- Counted, not stored: events about nobody in an open case, and the like.
CREATE TABLE tally (
  day             date        NOT NULL,
  what            text        NOT NULL,
  n               bigint      NOT NULL DEFAULT 0,
  PRIMARY KEY (day, what)
);
