-- Where the values of a package came from is worked out when somebody asks. What it was read from and does not name itself is kept here:
-- a list of {system, recordId, sha256}. Null where the node that built it did not say.
ALTER TABLE package ADD COLUMN sources jsonb;

-- By which rules a rendering was cut, and what was held back: places, counts and reasons, never a value. Null where nobody said.
ALTER TABLE rendering ADD COLUMN held_back text CHECK (length(held_back) <= 2000);

-- The rules of each disclosure profile that was ever in use, by the version that the evidence log names.
CREATE TABLE disclosure_profile (
  destination     text        NOT NULL,
  version         text        NOT NULL,
  rules           text        NOT NULL,
  first_used_at   timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (destination, version)
);

CREATE FUNCTION disclosure_profile_stands() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'a disclosure profile that was in use is never changed' USING ERRCODE = 'restrict_violation';
END $$;

CREATE TRIGGER disclosure_profile_stands BEFORE UPDATE OR DELETE ON disclosure_profile
  FOR EACH ROW EXECUTE FUNCTION disclosure_profile_stands();
