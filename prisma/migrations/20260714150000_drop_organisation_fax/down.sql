-- tide: allow lossy reason="nobody sends a fax any more"
-- tide: incomplete reason="the fax numbers went with the column organisations.fax"

-- AlterTable
ALTER TABLE "organisations" ADD COLUMN "fax" TEXT;
