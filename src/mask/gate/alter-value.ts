/**
 * Another value of the same shape: letters and digits moved along by so many, everything else as it is. A mask gives it
 * a value of its own, as it would to a stranger.
 * @param step for each character in turn
 */
export function alterValue(value: string, step: (place: number) => number): string {
  let altered = ''
  for (let place = 0; place < value.length; place++) {
    const code = value.charCodeAt(place)
    const base = code >= 97 && code <= 122 ? 97 : code >= 65 && code <= 90 ? 65 : code >= 48 && code <= 57 ? 48 : 0
    const span = base === 48 ? 10 : 26
    altered += base === 0 ? (value[place] ?? '') : String.fromCharCode(base + ((code - base + step(place)) % span))
  }
  return altered
}

/** The same for each text in a JSON value; keys, numbers and what is no JSON stay. */
export function alterJson(json: string, step: (place: number) => number): string {
  const alter = (value: unknown): unknown => {
    if (typeof value === 'string') return alterValue(value, step)
    if (typeof value !== 'object' || value === null) return value
    if (Array.isArray(value)) return value.map(alter)
    return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, alter(one)]))
  }
  try {
    return JSON.stringify(alter(JSON.parse(json)))
  } catch {
    return json
  }
}
