-- A ZIP says the CRC-32 of an entry in front of its bytes: reckoned while the document comes, it need not be read twice to be handed over.
-- Null for documents that were taken in before; it is filled in when one of them is first handed over in a ZIP.
ALTER TABLE document ADD COLUMN crc32 bigint CHECK (crc32 BETWEEN 0 AND 4294967295);
