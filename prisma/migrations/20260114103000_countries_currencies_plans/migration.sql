-- CreateEnum
CREATE TYPE "address_kind" AS ENUM ('BILLING', 'SHIPPING');

-- AlterTable
ALTER TABLE "organisations" ADD COLUMN     "country_code" CHAR(2),
ADD COLUMN     "plan_code" TEXT NOT NULL DEFAULT 'free';

-- CreateTable
CREATE TABLE "addresses" (
    "id" SERIAL NOT NULL,
    "organisation_id" UUID NOT NULL,
    "kind" "address_kind" NOT NULL,
    "recipient" TEXT NOT NULL,
    "street" TEXT NOT NULL,
    "postal_code" VARCHAR(16) NOT NULL,
    "city" TEXT NOT NULL,
    "country_code" CHAR(2) NOT NULL,
    "is_default" BOOLEAN NOT NULL DEFAULT false,

    CONSTRAINT "addresses_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "countries" (
    "code" CHAR(2) NOT NULL,
    "name" TEXT NOT NULL,
    "calling_code" TEXT NOT NULL,
    "in_eu" BOOLEAN NOT NULL DEFAULT false,

    CONSTRAINT "countries_pkey" PRIMARY KEY ("code")
);

-- CreateTable
CREATE TABLE "currencies" (
    "code" CHAR(3) NOT NULL,
    "name" TEXT NOT NULL,
    "minor_units" SMALLINT NOT NULL DEFAULT 2,

    CONSTRAINT "currencies_pkey" PRIMARY KEY ("code")
);

-- CreateTable
CREATE TABLE "plans" (
    "code" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "seats" INTEGER,
    "monthly_price" DECIMAL(10,2) NOT NULL,
    "currency_code" CHAR(3) NOT NULL,

    CONSTRAINT "plans_pkey" PRIMARY KEY ("code")
);

-- CreateIndex
CREATE INDEX "addresses_organisation_id_idx" ON "addresses"("organisation_id");

-- CreateIndex
CREATE UNIQUE INDEX "countries_name_key" ON "countries"("name");

-- Rows that every environment must have. The plan "free" has to be there before organisations refer to it.
INSERT INTO "countries" ("code", "name", "calling_code", "in_eu") VALUES
    ('AT', 'Austria', '+43', true),
    ('BE', 'Belgium', '+32', true),
    ('CH', 'Switzerland', '+41', false),
    ('DE', 'Germany', '+49', true),
    ('DK', 'Denmark', '+45', true),
    ('ES', 'Spain', '+34', true),
    ('FR', 'France', '+33', true),
    ('GB', 'United Kingdom', '+44', false),
    ('IE', 'Ireland', '+353', true),
    ('IT', 'Italy', '+39', true),
    ('NL', 'Netherlands', '+31', true),
    ('NO', 'Norway', '+47', false),
    ('PL', 'Poland', '+48', true),
    ('SE', 'Sweden', '+46', true),
    ('US', 'United States', '+1', false);

INSERT INTO "currencies" ("code", "name", "minor_units") VALUES
    ('CHF', 'Swiss franc', 2),
    ('DKK', 'Danish krone', 2),
    ('EUR', 'Euro', 2),
    ('GBP', 'Pound sterling', 2),
    ('NOK', 'Norwegian krone', 2),
    ('PLN', 'Polish złoty', 2),
    ('SEK', 'Swedish krona', 2),
    ('USD', 'US dollar', 2);

INSERT INTO "plans" ("code", "name", "seats", "monthly_price", "currency_code") VALUES
    ('free', 'Free', 3, 0, 'EUR'),
    ('team', 'Team', 25, 49, 'EUR'),
    ('business', 'Business', NULL, 249, 'EUR');

-- AddForeignKey
ALTER TABLE "organisations" ADD CONSTRAINT "organisations_country_code_fkey" FOREIGN KEY ("country_code") REFERENCES "countries"("code") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "organisations" ADD CONSTRAINT "organisations_plan_code_fkey" FOREIGN KEY ("plan_code") REFERENCES "plans"("code") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "addresses" ADD CONSTRAINT "addresses_organisation_id_fkey" FOREIGN KEY ("organisation_id") REFERENCES "organisations"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "addresses" ADD CONSTRAINT "addresses_country_code_fkey" FOREIGN KEY ("country_code") REFERENCES "countries"("code") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "plans" ADD CONSTRAINT "plans_currency_code_fkey" FOREIGN KEY ("currency_code") REFERENCES "currencies"("code") ON DELETE RESTRICT ON UPDATE CASCADE;
