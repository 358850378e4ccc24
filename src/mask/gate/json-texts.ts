/**
 * The texts in a JSON value, or in an array of such values as PostgreSQL writes it, keys left out: those are the
 * application's words. What is no JSON is one text.
 */
export function jsonTexts(json: string): readonly string[] {
  if (/^\{"?[{[]/u.test(json)) {
    return [...json.matchAll(/"((?:[^"\\]|\\.)*)"/gsu)].flatMap(([, one = '']) => jsonTexts(one.replace(/\\(.)/gsu, '$1')))
  }
  return json.includes('\\') ? parsedTexts(json) : plainTexts(json)
}

/** Without escapes, texts are what stands between quotes; keys are followed by a colon. */
function plainTexts(json: string): readonly string[] {
  const found: string[] = []
  for (let open = json.indexOf('"'); open !== -1;) {
    const close = json.indexOf('"', open + 1)
    if (close === -1) return [json]
    let next = close + 1
    while (json.charCodeAt(next) <= space) next += 1
    if (json.charCodeAt(next) !== colon) found.push(json.slice(open + 1, close))
    open = json.indexOf('"', next)
  }
  return found
}

const space = 32
const colon = 58

function parsedTexts(json: string): readonly string[] {
  const found: string[] = []
  const walk = (value: unknown): void => {
    if (typeof value === 'string') found.push(value)
    else if (typeof value === 'object' && value !== null) Object.values(value).forEach(walk)
  }
  try {
    walk(JSON.parse(json))
  } catch {
    return [json]
  }
  return found
}
