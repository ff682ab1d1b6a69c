-- What is kept for how long, who stopped it, and what went. Erasing takes the content and leaves the row and its hash: a record
-- that comes again is known, a number is never given twice, and the day's account still adds up.

-- A certificate: one batch of one kind, written in the transaction that erased it, and named in the evidence log.
CREATE TABLE erasure (
  id              bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  kind            text        NOT NULL,
  -- The policy it went under, such as "unreferred-reports, kept for 90 days".
  policy          text        NOT NULL,
  at              timestamptz NOT NULL,
  cutoff          timestamptz NOT NULL,
  rows            bigint      NOT NULL DEFAULT 0,
  -- The oldest and the youngest of what went, by the time its term was counted from.
  from_at         timestamptz,
  to_at           timestamptz,
  first_id        text,
  last_id         text,
  -- Over the ids of what went, sorted as text, one a line.
  ids_sha256      bytea       CHECK (length(ids_sha256) = 32),
  -- What went with them, such as "people=3 packages=2".
  beside          text
);
CREATE INDEX erasure_kind ON erasure (kind, id);

ALTER TABLE source_version ADD COLUMN erased_by bigint REFERENCES erasure,
  ADD CONSTRAINT source_version_erased CHECK (erased_by IS NULL OR length(raw) = 0);
ALTER TABLE package ADD COLUMN erased_by bigint REFERENCES erasure,
  ADD CONSTRAINT package_erased CHECK (erased_by IS NULL OR length(canonical) = 0);
ALTER TABLE rendering ADD COLUMN erased_by bigint REFERENCES erasure,
  ADD CONSTRAINT rendering_erased CHECK (erased_by IS NULL OR length(bytes) = 0);
ALTER TABLE inbound ADD COLUMN erased_by bigint REFERENCES erasure,
  ADD CONSTRAINT inbound_erased CHECK (erased_by IS NULL OR length(raw) = 0);
ALTER TABLE outcome ADD COLUMN erased_by bigint REFERENCES erasure;
ALTER TABLE referral_case
  -- True while a legal hold is in force. In the row, so that whoever erases and whoever holds meet at its lock.
  ADD COLUMN held      boolean NOT NULL DEFAULT false,
  ADD COLUMN erased_by bigint REFERENCES erasure,
  ADD COLUMN erased_at timestamptz,
  -- The row version that the erasure left: a later one means that the case woke up.
  ADD COLUMN erased_version bigint;

CREATE TABLE legal_hold (
  id              bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  case_id         bigint      NOT NULL REFERENCES referral_case,
  placed_by       text        NOT NULL,
  placed_why      text        NOT NULL,
  placed_at       timestamptz NOT NULL DEFAULT now(),
  released_by     text,
  released_why    text,
  released_at     timestamptz
);
CREATE UNIQUE INDEX legal_hold_in_force ON legal_hold (case_id) WHERE released_at IS NULL;
CREATE INDEX legal_hold_case ON legal_hold (case_id, id);

-- Where each policy stands, as the node that purged last saw it.
CREATE TABLE retention_state (
  kind            text        PRIMARY KEY,
  ran_at          timestamptz,
  cutoff          timestamptz,
  due             bigint      NOT NULL DEFAULT 0,
  oldest          timestamptz,
  erased          bigint      NOT NULL DEFAULT 0,
  refused         text,
  refused_at      timestamptz,
  -- A person's word that so much at once is right.
  confirmed_by    text,
  confirmed_why   text,
  confirmed_at    timestamptz
);

-- What still has its content, the oldest first.
CREATE INDEX source_version_kept ON source_version (fetched_at) WHERE erased_by IS NULL;
CREATE INDEX package_kept ON package (built_at) WHERE erased_by IS NULL;
CREATE INDEX rendering_kept ON rendering (lane_item) WHERE erased_by IS NULL;
CREATE INDEX inbound_kept ON inbound (received_at) WHERE erased_by IS NULL;
CREATE INDEX outcome_kept ON outcome (applied_at) WHERE erased_by IS NULL;
CREATE INDEX referral_case_kept ON referral_case (changed_at) WHERE erased_version IS NULL OR row_version > erased_version;
CREATE INDEX inbound_case ON inbound (case_reference) WHERE case_reference IS NOT NULL;
CREATE INDEX hint_received ON hint (received_at);
