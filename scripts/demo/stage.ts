import pc from 'picocolors'

/** Where the demo tells its story: numbered acts, commands with their output, and claims that it checks itself. */
export interface Stage {
  /** Begins a numbered act. */
  act(title: string): void
  /** A sentence to the reader. */
  say(text: string): void
  /** A block of text as it is: a file, the output of a command. At most `lines` of it. */
  show(text: string, lines?: number): void
  /** A line as typed after a prompt, the shell's where none is named. */
  typed(line: string, prompt?: string): void
  /** Something that the demo has found to be so, or not. */
  claim(text: string, isTrue: boolean): void
  /** All claims, in the order in which they were made. */
  claims(): readonly Claim[]
}

/** What was said, and whether it was found to be so. */
export interface Claim {
  readonly act: string
  readonly text: string
  readonly isTrue: boolean
}

/** Writes to `write` as it goes. */
export function createStage(write: (text: string) => void): Stage {
  const claims: Claim[] = []
  let act = ''
  let acts = 0
  return {
    act: (title) => {
      acts += 1
      act = title
      const headline = `${String(acts)}. ${title}`
      write(`\n${pc.bold(headline)}\n${pc.dim('─'.repeat(headline.length))}\n`)
    },
    say: (text) => {
      write(`\n${text}\n`)
    },
    show: (text, lines = 40) => {
      write(`${frame(text, lines)}\n`)
    },
    typed: (line, prompt = '$') => {
      write(`\n${pc.dim(prompt)} ${pc.cyan(line)}\n`)
    },
    claim: (text, isTrue) => {
      claims.push({ act, text, isTrue })
      write(`${renderClaim({ text, isTrue })}\n`)
    },
    claims: () => claims,
  }
}

/** One claim as one line. */
export function renderClaim({ text, isTrue }: Pick<Claim, 'text' | 'isTrue'>): string {
  return isTrue ? `  ${pc.green('✓')} ${text}` : `  ${pc.red('✗')} ${pc.red(`NOT SO: ${text}`)}`
}

function frame(text: string, limit: number): string {
  const lines = text.replace(/\s+$/, '').split('\n')
  const shown = lines.length > limit ? [...lines.slice(0, limit - 1), `… ${String(lines.length - limit + 1)} more lines`] : lines
  return shown.map((line) => `  ${pc.dim('│')} ${line}`.trimEnd()).join('\n')
}
