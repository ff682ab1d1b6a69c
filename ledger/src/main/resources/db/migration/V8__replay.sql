-- Replay: lane items that people have sent again, as a job with a plan, a rate and a result for each.

CREATE TABLE replay (
  id              bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  -- PLANNING, REFUSED, PLANNED, RUNNING, PAUSED, DONE, CANCELLED
  state           text        NOT NULL DEFAULT 'PLANNING',
  -- The filter; null means any.
  lane            text,
  force           text,
  cause           text,
  ended_from      timestamptz,
  ended_to        timestamptz,
  -- PARKED, DELIVERED, ANY
  standing        text        NOT NULL,
  -- Not only what the filter finds, but whatever was promised together with it for the same case.
  everywhere      boolean     NOT NULL DEFAULT false,
  -- How many may begin in a second, on all nodes together, and the bucket they are drawn from.
  rate            float8      NOT NULL CHECK (rate > 0),
  tokens          float8,
  tokens_at       timestamptz,
  asked_by        text        NOT NULL,
  reason          text        NOT NULL,
  asked_at        timestamptz NOT NULL DEFAULT now(),
  -- Whose cases the person who asked may see: nothing else is ever selected.
  prisons         text[]      NOT NULL,
  forces          text[]      NOT NULL,
  -- Lane items up to this id have been looked at, and the last that is to be.
  looked_to       bigint      NOT NULL DEFAULT 0,
  look_to         bigint      NOT NULL,
  refused_why     text,
  -- Of a class that takes a second person to start.
  sensitive       boolean     NOT NULL DEFAULT false,
  started_by      text,
  started_at      timestamptz,
  ended_at        timestamptz,
  -- Some of its items may be promised: their heads draw from the bucket.
  at_work         boolean     NOT NULL DEFAULT false
);
CREATE INDEX replay_open ON replay (id) WHERE state IN ('PLANNING', 'RUNNING') OR at_work;

CREATE TABLE replay_item (
  replay          bigint      NOT NULL REFERENCES replay ON DELETE CASCADE,
  lane_item       bigint      NOT NULL REFERENCES lane_item ON DELETE CASCADE,
  lane_case       bigint      NOT NULL,
  -- NEVER_ARRIVED, DEDUPES, CAN_BE_ASKED, WOULD_DOUBLE, OTHER_BYTES, SUPERSEDED, NO_BYTES; null while it is being planned
  verdict         text,
  -- By what the destination would know a second one, whatever the bytes: NEVER_ARRIVED, DEDUPES, CAN_BE_ASKED, WOULD_DOUBLE
  recognition     text,
  -- Fields that today's mapping would send otherwise; null where it cannot tell.
  differs         integer,
  today_sha256    bytea,
  -- PLANNED, LEFT_OUT, RELEASED, SENT, FAILED, SKIPPED
  state           text        NOT NULL DEFAULT 'PLANNED',
  confirmed_by    text,
  confirmed_why   text,
  code            text,
  detail          text,
  -- Not to be tried before: its case was busy.
  next_at         timestamptz,
  busy_since      timestamptz,
  released_at     timestamptz,
  ended_at        timestamptz,
  PRIMARY KEY (replay, lane_item)
) WITH (fillfactor = 70);
CREATE INDEX replay_item_unjudged ON replay_item (replay, lane_item) WHERE verdict IS NULL;
CREATE INDEX replay_item_next ON replay_item (replay, lane_item) WHERE state = 'PLANNED';
CREATE INDEX replay_item_out ON replay_item (replay) WHERE state = 'RELEASED';
CREATE INDEX replay_item_lane_item ON replay_item (lane_item);

-- Whose cases are in a job: who may not see one of them does not see the job.
CREATE TABLE replay_reach (
  replay          bigint      NOT NULL REFERENCES replay ON DELETE CASCADE,
  prison          text        NOT NULL,
  force           text        NOT NULL,
  PRIMARY KEY (replay, prison, force)
);

-- The job that has an item sent again, kept at the head so that a claim finds it by the lane's own index.
ALTER TABLE lane_item ADD COLUMN replay bigint;
ALTER TABLE lane_case ADD COLUMN replay bigint;

-- As before, and a head that a job has sent again is of a class of its own: it draws from the job's bucket, after everything else.
CREATE OR REPLACE FUNCTION lane_case_follows_its_head() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  SELECT i.channels[i.channel_index + 1], CASE WHEN i.replay IS NULL THEN i.class ELSE 'REPLAY' END, i.replay,
         now() + make_interval(secs => i.patience[i.channel_index + 1])
    INTO NEW.channel, NEW.class, NEW.replay, NEW.patience_until
    FROM lane_item i WHERE i.id = NEW.head_item;
  NEW.failing_kind := NULL;
  NEW.failing_code := NULL;
  NEW.failing_detail := NULL;
  NEW.failing_since := NULL;
  RETURN NEW;
END $$;
