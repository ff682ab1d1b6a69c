-- When each prison of a feed was last heard, and how long its pauses usually are. Updated in batches from new versions.

CREATE TABLE feed_pulse (
  system          text        NOT NULL,
  -- '*' is the feed as a whole.
  prison          text        NOT NULL,
  last_at         timestamptz NOT NULL,
  -- Of the feed as a whole: when it was heard again after it had been quiet for too long.
  resumed_at      timestamptz,
  PRIMARY KEY (system, prison)
);

-- How often a pause that began at that time of the week was that long: a histogram, in which what is older weighs less.
CREATE TABLE feed_pause (
  system          text        NOT NULL,
  prison          text        NOT NULL,
  -- Of six parts of the day in London; 6 more at weekends.
  part            smallint    NOT NULL,
  -- Half-octaves of minutes: bucket b holds pauses from 2^(b/2) to 2^((b+1)/2) minutes.
  bucket          smallint    NOT NULL,
  n               float8      NOT NULL,
  PRIMARY KEY (system, prison, part, bucket)
);

-- How far the versions have been read: everything up to done. What has a number up to seen was written by the time it was noted, or
-- is not written at all once the longest transaction is over.
CREATE TABLE feed_reading (
  system          text        PRIMARY KEY,
  done            bigint      NOT NULL DEFAULT 0,
  seen            bigint      NOT NULL DEFAULT 0,
  seen_at         timestamptz NOT NULL DEFAULT now(),
  faded_at        timestamptz NOT NULL DEFAULT now()
);
