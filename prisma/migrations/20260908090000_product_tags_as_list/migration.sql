-- tide: cast Product.tags="string_to_array(tags, ',')"

-- AlterTable
ALTER TABLE "products" ALTER COLUMN "tags" DROP DEFAULT;
ALTER TABLE "products" ALTER COLUMN "tags" SET DATA TYPE TEXT[] USING string_to_array(tags, ',');
ALTER TABLE "products" ALTER COLUMN "tags" SET DEFAULT ARRAY[]::TEXT[];
