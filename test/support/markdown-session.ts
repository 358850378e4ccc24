/** What the examples of a page are carried out with. */
export interface MarkdownSession {
  /** Runs what stands after `$ ` and gives what it printed. */
  run(line: string): Promise<string>
  /** Puts a block marked `file=PATH` where it says. */
  write(path: string, text: string): Promise<void>
}

/**
 * Carries out the examples of a page from top to bottom and gives the page with what they print now.
 * A `console` block holds commands after `$ ` and their output; a block marked `file=PATH` is a file to write.
 * Where the output differs in times, dates and ports alone, the page keeps its own.
 */
export async function replayMarkdown(markdown: string, session: MarkdownSession): Promise<string> {
  const parts = markdown.split(/^(```[^\n]*\n[^]*?^```$)/m)
  const replayed: string[] = []
  for (const part of parts) replayed.push(part.startsWith('```') ? await replayBlock(part, session) : part)
  return replayed.join('')
}

/** The page with its commands alone. */
export function withoutOutputs(markdown: string): string {
  return markdown.replaceAll(/^```console\n([^]*?)^```$/gm, (_, body: string) => {
    const commands = body.match(/^\$ (?:[^\n]*\\\n)*[^\n]*\n/gm) ?? []
    return `\`\`\`console\n${commands.join('')}\`\`\``
  })
}

async function replayBlock(block: string, session: MarkdownSession): Promise<string> {
  const [, info = '', body = ''] = /^```([^\n]*)\n([^]*)```$/.exec(block) ?? []
  const file = /\bfile=(\S+)/.exec(info)?.[1]
  if (file !== undefined) {
    await session.write(file, body)
    return block
  }
  return info.trim() === 'console' ? `\`\`\`console\n${await replayConsole(body, session)}\`\`\`` : block
}

async function replayConsole(body: string, session: MarkdownSession): Promise<string> {
  const entries = body.split(/^(?=\$ )/m)
  const replayed: string[] = []
  for (const entry of entries) {
    const [, typed = '', told = ''] = /^\$ ((?:[^\n]*\\\n)*[^\n]*)\n([^]*)$/.exec(entry) ?? []
    if (typed === '') throw new Error(`This is no command with its output: ${entry}`)
    const printed = await session.run(typed.replaceAll('\\\n', ' '))
    const output = printed.replaceAll(/[ \t]+$/gm, '').replace(/\n*$/, '\n').replace(/^\n$/, '')
    replayed.push(`$ ${typed}\n${sameButForTimes(told, output) ? told : output}`)
  }
  return replayed.join('')
}

function sameButForTimes(told: string, printed: string): boolean {
  return withoutTimes(told) === withoutTimes(printed)
}

function withoutTimes(text: string): string {
  return text
    .trim()
    .replaceAll(/\b\d{14}(?=_)/g, 'DATE')
    .replaceAll(/\b\d+(?:\.\d+)? ?(?:ms|s)\b/g, 'TIME')
    .replaceAll(/(127\.0\.0\.1|localhost):\d+/g, '$1:PORT')
    .replaceAll(/ {2,}/g, '  ')
}
