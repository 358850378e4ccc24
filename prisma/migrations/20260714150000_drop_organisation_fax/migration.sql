-- tide: delete Organisation.fax

-- AlterTable
ALTER TABLE "organisations" DROP COLUMN "fax";
