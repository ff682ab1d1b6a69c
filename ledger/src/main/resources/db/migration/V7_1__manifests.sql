-- What a force says it received on a day, by its signed manifest. Kept, so that what it received around midnight is found in whichever
-- day it stands.
CREATE TABLE force_manifest (
  force           text        NOT NULL,
  day             date        NOT NULL,
  -- The manifest names all that was received until then; an older one changes nothing.
  as_of           timestamptz NOT NULL,
  items           integer     NOT NULL,
  -- Of the manifest as it came, signature and all.
  sha256          bytea       NOT NULL CHECK (length(sha256) = 32),
  compared_at     timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (force, day)
);

CREATE TABLE force_manifest_item (
  force           text        NOT NULL,
  message_id      text        NOT NULL,
  day             date        NOT NULL,
  -- Every hash under which it was received that day, and how often in all.
  sha256s         text[]      NOT NULL,
  times           integer     NOT NULL,
  PRIMARY KEY (force, message_id, day)
);
