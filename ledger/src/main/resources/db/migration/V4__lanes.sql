-- Claims look per lane and channel, the immediate class first, because a breaker opens per channel and urgency is per case.

ALTER TABLE lane
  -- Every channel that ever led to this destination.
  ADD COLUMN channels  text[] NOT NULL DEFAULT '{}',
  -- Where a rate is set: a bucket that all nodes draw from.
  ADD COLUMN tokens    float8,
  ADD COLUMN tokens_at timestamptz;
UPDATE lane l SET channels = (
  SELECT coalesce(array_agg(DISTINCT channel), '{}')
    FROM lane_case c JOIN lane_item i ON i.lane_case = c.id CROSS JOIN unnest(i.channels) AS channel
   WHERE c.lane = l.name);

ALTER TABLE lane_item
  -- How long each channel may take once it is its turn, in seconds; frozen with the channels. Null: as long as it takes.
  ADD COLUMN patience    float8[],
  -- The outcome of a send is unknown: next the partner is asked, nothing is sent.
  ADD COLUMN asks        boolean NOT NULL DEFAULT false,
  -- A person's release begins the ladder anew: attempts up to this one do not count.
  ADD COLUMN ladder_from integer NOT NULL DEFAULT 0;
COMMENT ON COLUMN lane_item.state IS 'PROMISED, SENDING, ASKING, DONE, PARKED, CANCELLED';

-- Asked whether it has the message; nothing was sent.
ALTER TABLE attempt ADD COLUMN asked boolean NOT NULL DEFAULT false;

ALTER TABLE lane_case
  -- The head's channel and class, and until when that channel may take.
  ADD COLUMN channel        text,
  ADD COLUMN class          text,
  ADD COLUMN patience_until timestamptz,
  -- What the last attempt of the head failed with while it waits for the next one.
  ADD COLUMN failing_kind   text,
  ADD COLUMN failing_code   text,
  ADD COLUMN failing_detail text,
  ADD COLUMN failing_since  timestamptz;

-- By trigger, so that they are right whatever statement, of whatever version of the hub, changes the head.
CREATE FUNCTION lane_case_follows_its_head() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  SELECT i.channels[i.channel_index + 1], i.class, now() + make_interval(secs => i.patience[i.channel_index + 1])
    INTO NEW.channel, NEW.class, NEW.patience_until
    FROM lane_item i WHERE i.id = NEW.head_item;
  NEW.failing_kind := NULL;
  NEW.failing_code := NULL;
  NEW.failing_detail := NULL;
  NEW.failing_since := NULL;
  RETURN NEW;
END $$;
UPDATE lane_case c SET channel = i.channels[i.channel_index + 1], class = i.class
  FROM lane_item i WHERE i.id = c.head_item;
CREATE TRIGGER lane_case_head BEFORE UPDATE OF head_item ON lane_case
  FOR EACH ROW WHEN (NEW.head_item IS DISTINCT FROM OLD.head_item) EXECUTE FUNCTION lane_case_follows_its_head();

DROP INDEX lane_case_due;
CREATE INDEX lane_case_turn ON lane_case (lane, channel, class, next_at)
  WHERE head_item IS NOT NULL AND parked_reason IS NULL;
CREATE INDEX lane_case_patience ON lane_case (patience_until)
  WHERE head_item IS NOT NULL AND parked_reason IS NULL;
CREATE INDEX lane_case_failing ON lane_case (lane, failing_code)
  WHERE failing_since IS NOT NULL AND parked_reason IS NULL;

-- What a message says, whatever wraps it: the same id with other words is a conflict, by whatever channel it comes.
ALTER TABLE inbound ADD COLUMN content_sha256 bytea CHECK (length(content_sha256) = 32);
