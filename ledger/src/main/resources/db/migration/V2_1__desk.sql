-- What people search by. The table's own unique index does not serve prefixes in every collation.
CREATE INDEX referral_case_reference_prefix ON referral_case (reference text_pattern_ops);
CREATE INDEX referral_case_crime_reference ON referral_case (upper(crime_reference));
-- What waits for people, in the order they should take it.
CREATE INDEX referral_case_waiting ON referral_case (decide_by) WHERE state = 'AWAITING_DECISION';
CREATE INDEX referral_case_review ON referral_case (changed_at) WHERE review_code IS NOT NULL;
CREATE INDEX command_target ON command (target, id);
