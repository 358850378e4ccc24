-- tide: fill Organisation.countryCode="coalesce((SELECT a.country_code FROM addresses a WHERE a.organisation_id = organisations.id ORDER BY a.is_default DESC, a.id LIMIT 1), 'GB')"

-- DropForeignKey
ALTER TABLE "organisations" DROP CONSTRAINT "organisations_country_code_fkey";

-- Fill
UPDATE "organisations" SET "country_code" = coalesce((SELECT a.country_code FROM addresses a WHERE a.organisation_id = organisations.id ORDER BY a.is_default DESC, a.id LIMIT 1), 'GB')
WHERE "country_code" IS NULL;

-- AlterTable
ALTER TABLE "organisations" ALTER COLUMN "country_code" SET NOT NULL;

-- AddForeignKey
ALTER TABLE "organisations" ADD CONSTRAINT "organisations_country_code_fkey" FOREIGN KEY ("country_code") REFERENCES "countries"("code") ON DELETE RESTRICT ON UPDATE CASCADE;
