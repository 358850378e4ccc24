type Parser = typeof import('libpg-query')

let loading: Promise<Parser> | undefined

/** PostgreSQL's own parser in WebAssembly, loaded at its first use (about 65 ms) and kept. */
export function loadParser(): Promise<Parser> {
  loading ??= import('libpg-query').then(async (parser) => {
    await parser.loadModule()
    return parser
  })
  return loading
}
