/** A check that is a program of its own, run from the root of the repository. */
export interface Tool {
  readonly name: string
  readonly ensures: string
  /** The program, in node_modules/.bin, and its arguments. */
  readonly line: readonly [string, ...string[]]
}

/** The general tools, each with its configuration at the top of the repository. */
export const tools: readonly Tool[] = [
  { name: 'types', ensures: 'everything compiles', line: ['tsc', '--noEmit', '-p', 'tsconfig.json'] },
  { name: 'lint', ensures: 'the house style, file sizes, no process, clock or chance', line: ['eslint', '.'] },
  {
    name: 'layers',
    ensures: 'imports point down',
    line: ['depcruise', '--config', '.dependency-cruiser.js', 'src', 'test', 'scripts'],
  },
  { name: 'unused', ensures: 'no file, export or package that nothing uses', line: ['knip', '--no-progress'] },
]
