-- The establishments of the prison register, as it was read last.
CREATE TABLE establishment (
  prison          text        PRIMARY KEY,
  name            text        NOT NULL,
  active          boolean     NOT NULL,
  -- Run by a company, and by which.
  contracted      boolean     NOT NULL,
  types           text[]      NOT NULL,
  operators       text[]      NOT NULL,
  -- One line each, in English, the postcode last.
  addresses       text[]      NOT NULL,
  seen_at         timestamptz NOT NULL DEFAULT now(),
  -- Since when the register no longer has it.
  gone_at         timestamptz
);
