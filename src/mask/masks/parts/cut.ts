/** The text, no longer than there is room: PostgreSQL counts code points. */
export function cut(text: string, room: number): string {
  return text.length <= room ? text : [...text].slice(0, Math.max(0, room)).join('').trimEnd()
}
