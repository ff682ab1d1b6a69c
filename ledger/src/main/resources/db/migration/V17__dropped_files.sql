-- What became of a file that somebody dropped in a directory. Known by its bytes: neither its name nor what is in it is here.
CREATE TABLE dropped_file (
  id              bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  feed            text        NOT NULL,
  sha256          bytea       NOT NULL CHECK (length(sha256) = 32),
  size            bigint      NOT NULL,
  -- TAKEN, PARTLY: all of it but some rows, REFUSED: nothing of it
  state           text        NOT NULL CHECK (state IN ('TAKEN', 'PARTLY', 'REFUSED')),
  -- What was refused and why, one line each: places and codes, never a value.
  why             text        NOT NULL DEFAULT '',
  at              timestamptz NOT NULL DEFAULT now(),
  UNIQUE (feed, sha256)
);
