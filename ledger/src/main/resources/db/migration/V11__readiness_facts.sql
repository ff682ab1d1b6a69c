-- What no system holds is answered by people: one row for each answer to a readiness item of a case, and for each that was taken back.
-- Nothing is ever changed; the latest version of an item counts.

CREATE TABLE case_fact (
  id              bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  case_id         bigint      NOT NULL REFERENCES referral_case,
  item            text        NOT NULL,
  version         integer     NOT NULL CHECK (version > 0),
  -- PRESENT, MISSING or NOT_APPLICABLE; null where the answer before it was taken back.
  state           text,
  -- The answer in canonical JSON; of one that was taken back, why.
  content         bytea       NOT NULL,
  sha256          bytea       NOT NULL CHECK (length(sha256) = 32),
  actor           text        NOT NULL,
  at              timestamptz NOT NULL DEFAULT now(),
  erased_by       bigint      REFERENCES erasure,
  UNIQUE (case_id, item, version),
  CONSTRAINT case_fact_erased CHECK (erased_by IS NULL OR length(content) = 0)
);

CREATE FUNCTION case_fact_stands() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  -- The one change there is: retention takes the words and leaves the row.
  IF TG_OP = 'UPDATE' AND OLD.erased_by IS NULL AND NEW.erased_by IS NOT NULL
     AND (NEW.id, NEW.case_id, NEW.item, NEW.version, NEW.sha256, NEW.actor, NEW.at)
         = (OLD.id, OLD.case_id, OLD.item, OLD.version, OLD.sha256, OLD.actor, OLD.at)
     AND NEW.state IS NOT DISTINCT FROM OLD.state THEN
    RETURN NEW;
  END IF;
  RAISE EXCEPTION 'answers are never changed: say it anew' USING ERRCODE = 'restrict_violation';
END $$;

CREATE TRIGGER case_fact_stands BEFORE UPDATE OR DELETE ON case_fact
  FOR EACH ROW EXECUTE FUNCTION case_fact_stands();
CREATE TRIGGER case_fact_is_not_truncated BEFORE TRUNCATE ON case_fact
  FOR EACH STATEMENT EXECUTE FUNCTION case_fact_stands();
