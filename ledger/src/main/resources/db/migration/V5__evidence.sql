-- Signed statements about the evidence log. The files outside the database are what counts: a row here is written and committed
-- first, so that whoever publishes its file, however late, publishes these bytes and no others.
CREATE TABLE evidence_checkpoint (
  -- Also the file's name.
  no              bigint      PRIMARY KEY CHECK (no > 0),
  -- CHECKPOINT: so far the log went. PRUNED: so far it was cut off for retention.
  kind            text        NOT NULL CHECK (kind IN ('CHECKPOINT', 'PRUNED')),
  at              timestamptz NOT NULL,
  -- The entry it is about, and the hash of that entry.
  chain_no        bigint      NOT NULL,
  hash            bytea       NOT NULL CHECK (length(hash) = 32),
  -- Up to which entry, with which hash, the log was cut off by then, and which file is the first that is still needed.
  pruned_to       bigint      NOT NULL,
  pruned_hash     bytea       NOT NULL CHECK (length(pruned_hash) = 32),
  files_from      bigint      NOT NULL,
  sha256          bytea       NOT NULL CHECK (length(sha256) = 32),
  file            text        NOT NULL,
  -- When the file was durably where it belongs.
  published_at    timestamptz
);
CREATE INDEX evidence_checkpoint_published ON evidence_checkpoint (kind, no) WHERE published_at IS NOT NULL;
CREATE INDEX evidence_checkpoint_pending ON evidence_checkpoint (no) WHERE published_at IS NULL;

CREATE FUNCTION evidence_checkpoint_stands() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  -- The one change there is: its file is published.
  IF TG_OP = 'UPDATE' THEN
    IF OLD.published_at IS NULL AND NEW.published_at IS NOT NULL
       AND (NEW.no, NEW.kind, NEW.at, NEW.chain_no, NEW.hash, NEW.pruned_to, NEW.pruned_hash, NEW.files_from, NEW.sha256, NEW.file)
           IS NOT DISTINCT FROM
           (OLD.no, OLD.kind, OLD.at, OLD.chain_no, OLD.hash, OLD.pruned_to, OLD.pruned_hash, OLD.files_from, OLD.sha256, OLD.file) THEN
      RETURN NEW;
    END IF;
  END IF;
  -- Rows whose files are no longer needed go with what they were about.
  IF TG_OP = 'DELETE' THEN
    IF OLD.no < (SELECT files_from FROM evidence_checkpoint
                  WHERE kind = 'PRUNED' AND published_at IS NOT NULL ORDER BY no DESC LIMIT 1) THEN
      RETURN OLD;
    END IF;
  END IF;
  RAISE EXCEPTION 'checkpoints of the evidence log stand';
END $$;
CREATE TRIGGER evidence_checkpoint_stands BEFORE UPDATE OR DELETE ON evidence_checkpoint
  FOR EACH ROW EXECUTE FUNCTION evidence_checkpoint_stands();
CREATE TRIGGER evidence_checkpoint_never_truncated BEFORE TRUNCATE ON evidence_checkpoint
  FOR EACH STATEMENT EXECUTE FUNCTION evidence_checkpoint_stands();

CREATE OR REPLACE FUNCTION evidence_is_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
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
  -- Retention: entries that a signed and published statement says are cut off.
  IF TG_OP = 'DELETE' THEN
    IF OLD.chain_no <= (SELECT pruned_to FROM evidence_checkpoint
                         WHERE kind = 'PRUNED' AND published_at IS NOT NULL ORDER BY no DESC LIMIT 1) THEN
      RETURN OLD;
    END IF;
  END IF;
  RAISE EXCEPTION 'the evidence log is append-only';
END $$;

-- Somebody with a name let the immediate class leave while the log could not be proved.
CREATE TABLE evidence_override (
  id              bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  at              timestamptz NOT NULL DEFAULT now(),
  until           timestamptz NOT NULL,
  actor           text        NOT NULL,
  reason          text        NOT NULL
);
CREATE INDEX evidence_override_until ON evidence_override (until);
