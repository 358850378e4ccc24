/** A word as a shell takes it, for the ways out that a message names: quoted where it holds more than a name does. */
export function shellWord(text: string): string {
  return /^[\w.:/-]+$/u.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`
}
