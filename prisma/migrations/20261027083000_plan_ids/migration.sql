-- tide: fill Plan.id="(SELECT count(*) FROM plans AS p WHERE (p.monthly_price, p.code) <= (plans.monthly_price, plans.code))"

-- AlterTable
ALTER TABLE "plans" ADD COLUMN     "id" SMALLINT;

-- Fill
UPDATE "plans" SET "id" = ((SELECT count(*) FROM plans AS p WHERE (p.monthly_price, p.code) <= (plans.monthly_price, plans.code)));

-- AlterTable
ALTER TABLE "organisations" ADD COLUMN     "plan_id" SMALLINT;

-- AlterTable
ALTER TABLE "plans" ALTER COLUMN "id" SET NOT NULL;

-- CreateIndex
CREATE UNIQUE INDEX "plans_id_key" ON "plans"("id");

-- AddForeignKey
ALTER TABLE "organisations" ADD CONSTRAINT "organisations_plan_id_fkey" FOREIGN KEY ("plan_id") REFERENCES "plans"("id") ON DELETE SET NULL ON UPDATE CASCADE;
