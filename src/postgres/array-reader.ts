import pg from 'pg'

/**
 * Reads the text of an array value, as the driver does.
 * @param oid the array type's OID in pg_type: 1007 for int4[]
 */
export function arrayReader(oid: number): (text: string) => unknown {
  // eslint-disable-next-line @typescript-eslint/no-unsafe-enum-assignment -- the driver's enum names a few OIDs only
  return pg.types.getTypeParser(oid) as (text: string) => unknown
}
