-- tide: allow lossy reason="a country that was guessed is better than none"
-- tide: incomplete reason="organisations that had no country keep the one they were given"

-- DropForeignKey
ALTER TABLE "organisations" DROP CONSTRAINT "organisations_country_code_fkey";

-- AlterTable
ALTER TABLE "organisations" ALTER COLUMN "country_code" DROP NOT NULL;

-- AddForeignKey
ALTER TABLE "organisations" ADD CONSTRAINT "organisations_country_code_fkey" FOREIGN KEY ("country_code") REFERENCES "countries"("code") ON DELETE SET NULL ON UPDATE CASCADE;
