-- Two cases that turned out to be one matter: what the other became. Both references are kept; this one leads to the survivor.
ALTER TABLE referral_case ADD COLUMN combined_into bigint REFERENCES referral_case;
CREATE INDEX referral_case_combined ON referral_case (combined_into) WHERE combined_into IS NOT NULL;
-- Cases that a charge opened for want of an incident report.
CREATE INDEX referral_case_charge ON referral_case (prison, occurred_at) WHERE family = 'ADJUDICATION_CHARGE';
