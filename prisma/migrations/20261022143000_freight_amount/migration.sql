-- AlterTable
ALTER TABLE "shipments" ADD COLUMN     "freight_amount" DECIMAL(12,2);
