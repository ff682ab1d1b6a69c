-- Whether anything may leave, for all nodes alike: shut while the evidence log is not chained, or not proved from outside, in time.
CREATE TABLE evidence_gate (
  one             boolean     PRIMARY KEY DEFAULT true CHECK (one),
  -- Null while it is open.
  shut_since      timestamptz,
  why             text
);
INSERT INTO evidence_gate DEFAULT VALUES;
