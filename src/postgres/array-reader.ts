import pg from 'pg'

/**
 * Reads the text of an array value, as the driver does.
 * @param oid the array type's OID in pg_type: 1007 for int4[]
 */
export function arrayReader(oid: number): (text: string) => unknown {
  // The driver's type lists the OIDs that have a name there; its function takes any.
  return pg.types.getTypeParser(oid as Parameters<typeof pg.types.getTypeParser>[0]) as (text: string) => unknown
}
