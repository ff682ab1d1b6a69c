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
