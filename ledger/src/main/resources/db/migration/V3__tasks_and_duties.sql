-- What a person must see to that is no parked row: a gap in a reconciliation, a prison that went quiet, an overdue receipt.
CREATE TABLE task (
  id              bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  -- GAP, SILENCE, RECEIPT, TELEPHONE, EVIDENCE, RETENTION, ...
  kind            text        NOT NULL,
  -- What it is about, such as receipt/SP-2026-000123/v1/DELIVERED: one open task per thing.
  subject         text        NOT NULL,
  case_id         bigint      REFERENCES referral_case,
  prison          text,
  force           text,
  -- One line for whoever takes it; no personal data.
  detail          text        NOT NULL,
  opened_at       timestamptz NOT NULL DEFAULT now(),
  due_at          timestamptz,
  -- Closed by a person, or by the ledger when the reason is gone.
  closed_at       timestamptz,
  closed_by       text,
  closed_why      text
);
CREATE UNIQUE INDEX task_open ON task (kind, subject) WHERE closed_at IS NULL;
CREATE INDEX task_list ON task (opened_at) WHERE closed_at IS NULL;
CREATE INDEX task_case ON task (case_id) WHERE case_id IS NOT NULL;

-- What one node at a time does for all: the lease keeps others away, the fence keeps a node that froze from going on.
CREATE TABLE duty (
  name            text        PRIMARY KEY,
  holder          text        NOT NULL,
  fence           bigint      NOT NULL DEFAULT 1,
  until           timestamptz NOT NULL
);
