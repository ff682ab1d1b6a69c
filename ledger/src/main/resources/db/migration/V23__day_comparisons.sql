-- The last days that somebody wanted compared again, without going through all commands.
CREATE INDEX command_days ON command (id) WHERE kind = 'COMPARE_DAYS';
