-- What a program offers besides points for spend: further currencies, growth, stored value, refunds,
-- exchanges. One json column, because it is read whole, by a node that keeps all programs in memory.
-- Null for a program that has never set any: points only.
ALTER TABLE program ADD COLUMN terms json;
