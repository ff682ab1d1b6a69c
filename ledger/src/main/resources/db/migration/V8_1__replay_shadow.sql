-- A replay may be sent to a shadow first: a double on this machine, never a partner.
ALTER TABLE replay
  ADD COLUMN rehearsing boolean NOT NULL DEFAULT false,
  ADD COLUMN shadowed_by text,
  ADD COLUMN shadowed_at timestamptz;
-- What the shadow made of it, in a word: accepted, status-400, no-answer.
ALTER TABLE replay_item ADD COLUMN shadow text;
CREATE INDEX replay_item_unshadowed ON replay_item (replay, lane_item) WHERE shadow IS NULL AND state = 'PLANNED';
