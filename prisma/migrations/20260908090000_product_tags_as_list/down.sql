-- AlterTable
ALTER TABLE "products" ALTER COLUMN "tags" DROP DEFAULT;
ALTER TABLE "products" ALTER COLUMN "tags" SET DATA TYPE TEXT USING array_to_string("tags", ',');
ALTER TABLE "products" ALTER COLUMN "tags" SET DEFAULT '';
