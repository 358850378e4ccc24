import { setFlagsFromString } from 'node:v8'

type Parser = typeof import('libpg-query')

let loading: Promise<Parser> | undefined

/** PostgreSQL's own parser in WebAssembly, loaded at its first use (about 30 ms) and kept. */
export function loadParser(): Promise<Parser> {
  loading ??= compile()
  return loading
}

/**
 * Compiled by V8's quick compiler alone. Its optimising one would work beside the parser on what runs for a tenth of a
 * second in all: reading 434 files then takes 1 s of processor time instead of 0.2 s (Node.js 20), of which PostgreSQL
 * on the same machine has need. The flag is read when a module is compiled, and taken back at once.
 */
async function compile(): Promise<Parser> {
  setFlagsFromString('--liftoff-only')
  try {
    const parser = await import('libpg-query')
    await parser.loadModule()
    return parser
  } finally {
    setFlagsFromString('--no-liftoff-only')
  }
}
