/** The texts in a JSON value, its keys left out: those are the application's words. Any other text is one text. */
export function jsonTexts(json: string): readonly string[] {
  const found: string[] = []
  const walk = (value: unknown): void => {
    if (typeof value === 'string') found.push(value)
    else if (typeof value === 'object' && value !== null) Object.values(value).forEach(walk)
  }
  if (!json.includes('"')) return []
  try {
    walk(JSON.parse(json))
  } catch {
    return [json]
  }
  return found
}
