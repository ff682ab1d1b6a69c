-- What prisoners are marked with, as far as liaison officers are shown it: of the version last read, without its free text.

CREATE TABLE prisoner_alert (
  prisoner_number text        NOT NULL,
  -- The source's id.
  alert           text        NOT NULL,
  code            text        NOT NULL,
  -- Active from the first day on, and no more on the second. Compared with today whenever somebody looks.
  active_from     date        NOT NULL,
  active_to       date,
  PRIMARY KEY (prisoner_number, alert)
);

-- When the source last said what a prisoner is marked with, whether or not it said anything new.
CREATE TABLE prisoner_alert_reading (
  prisoner_number text        PRIMARY KEY,
  read_at         timestamptz NOT NULL
);
