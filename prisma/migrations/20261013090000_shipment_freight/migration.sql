-- AlterTable
ALTER TABLE "shipments" ADD COLUMN     "freight" DOUBLE PRECISION;
