import { expect, it } from 'vitest'
import { differencesMadeBy } from '../../../support/catalog.ts'

it('sees a conversion, and which function it has', async () => {
  const change = `CREATE CONVERSION mine FOR 'UTF8' TO 'LATIN1' FROM utf8_to_iso8859_1`
  expect(await differencesMadeBy('', change)).toEqual(['conversion public.mine: added'])
  const again = `DROP CONVERSION mine; CREATE DEFAULT CONVERSION mine FOR 'UTF8' TO 'LATIN1' FROM utf8_to_iso8859_1`
  expect(await differencesMadeBy(change, again)).toHaveLength(1)
})
