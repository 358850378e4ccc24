import type { CatalogDifference } from '../../postgres/catalog/compare-catalogs.ts'
import type { Connection } from '../../postgres/connect.ts'

/** Statements that were tried, and what came of them. */
export interface Attempt {
  readonly statements: readonly string[]
  /** The server's message; nothing of them is left in the database then. */
  readonly error?: string
  readonly differences: readonly CatalogDifference[]
}

/** Runs statements in the open transaction and looks at the result. Where it is not as wanted, they are taken back. */
export async function attempt(
  connection: Connection,
  statements: readonly string[],
  compare: () => Promise<readonly CatalogDifference[]>,
): Promise<Attempt> {
  if (statements.length === 0) return { statements, differences: await compare() }
  // Apart from the statements: a syntax error among them would keep the savepoint from being made as well.
  await connection.query('SAVEPOINT tide_attempt')
  try {
    await connection.query(statements.join(';\n'))
    const differences = await compare()
    await connection.query(differences.length === 0 ? release : takeBack)
    return { statements, differences }
  } catch (error) {
    await connection.query(takeBack)
    return { statements, error: error instanceof Error ? error.message : String(error), differences: [] }
  }
}

const release = 'RELEASE SAVEPOINT tide_attempt'
const takeBack = 'ROLLBACK TO SAVEPOINT tide_attempt; RELEASE SAVEPOINT tide_attempt'
