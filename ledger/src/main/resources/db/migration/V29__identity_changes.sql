-- Prisoner numbers change in two ways: two numbers turn out to be one person, or one booking turns out to be another person's. Both are
-- announced in no order, so what was announced is kept, and what follows from all of it is worked out anew each time.

-- Every merge that was announced. merged_number is what follows from them.
CREATE TABLE prisoner_merge (
  removed         text        NOT NULL,
  kept            text        NOT NULL CHECK (kept <> removed),
  -- When the source did it, which is not the order in which it is heard of.
  at              timestamptz NOT NULL,
  heard_at        timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (removed, kept, at)
);
CREATE INDEX prisoner_merge_kept ON prisoner_merge (kept);
INSERT INTO prisoner_merge (removed, kept, at, heard_at) SELECT removed, kept, at, at FROM merged_number;

-- A booking that is another person's now: of the number it was under, only what happened in it. That number lives on.
CREATE TABLE moved_booking (
  booking         text        NOT NULL,
  from_number     text        NOT NULL,
  to_number       text        NOT NULL CHECK (to_number <> from_number),
  started_at      timestamptz NOT NULL,
  -- When the next booking under the earlier number began; null: none is known.
  ended_before    timestamptz,
  at              timestamptz NOT NULL,
  heard_at        timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (booking, from_number, at)
);
CREATE INDEX moved_booking_from ON moved_booking (from_number);

-- The number that a person goes by whom a record names otherwise: a record is as old as its source left it. A booking that moved after
-- the record was last written tells something that the record could not know; what the source wrote later stands.
CREATE FUNCTION current_number(named text, happened timestamptz, written timestamptz) RETURNS text
LANGUAGE sql STABLE AS $$
  SELECT coalesce((SELECT m.kept FROM merged_number m WHERE m.removed = moved.number), moved.number)
    FROM (SELECT coalesce(
                   (SELECT b.to_number FROM moved_booking b
                     WHERE b.from_number = named AND happened >= b.started_at
                       AND (b.ended_before IS NULL OR happened < b.ended_before)
                       AND (written IS NULL OR written < b.at)
                     ORDER BY b.at DESC LIMIT 1),
                   named) AS number) moved
$$;
