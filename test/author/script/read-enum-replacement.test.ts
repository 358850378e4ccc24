import { expect, it } from 'vitest'
import { readScript } from '../../../src/author/script/read-script.ts'
import { renderOperation } from '../../../src/author/script/render-operation.ts'

it('keeps the dropped default of a column whose table the engine names with its schema', async () => {
  const script = `BEGIN;
CREATE TYPE "Plan_new" AS ENUM ('FREE', 'PRO');
ALTER TABLE "public"."Team" ALTER COLUMN "plan" DROP DEFAULT;
ALTER TABLE "Team" ALTER COLUMN "plan" TYPE "Plan_new" USING ("plan"::text::"Plan_new");
ALTER TYPE "Plan" RENAME TO "Plan_old";
ALTER TYPE "Plan_new" RENAME TO "Plan";
DROP TYPE "public"."Plan_old";
ALTER TABLE "Team" ALTER COLUMN "plan" SET DEFAULT 'FREE';
COMMIT;`
  const operations = await readScript(script)
  expect(operations.map((operation) => operation.kind)).toEqual(['replace-enum'])
  expect(operations.flatMap(renderOperation)).toContain('ALTER TABLE "Team" ALTER COLUMN "plan" DROP DEFAULT')
})
