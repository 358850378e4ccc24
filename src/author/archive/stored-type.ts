/**
 * The type in which an archive holds a value. A user's type is held as text, which is what it is written and read as:
 * an archive must not keep a later migration from dropping the type.
 */
export function storedType(type: string): string {
  return isUserType(type) ? 'text' : type
}

/** The value of a column as the archive holds it. */
export function storedValue(column: string, type: string): string {
  return isUserType(type) ? `${column}::text` : column
}

/** A held value as the type of its column. */
export function restoredValue(held: string, type: string): string {
  return isUserType(type) ? `${held}::${type}` : held
}

/** The type in which what a migration made of a value can be compared later: some have no equality, or a coarse one. */
export function comparedType(type: string): string {
  return isUserType(type) || withoutEquality.test(type) ? 'text' : type
}

/** The value of a column, to be compared with what is held in its `comparedType`. */
export function comparedValue(column: string, type: string): string {
  return comparedType(type) === type ? column : `${column}::text`
}

/** A catalog names PostgreSQL's own types without a schema. */
function isUserType(type: string): boolean {
  return type.includes('.')
}

const withoutEquality = /^(json|xml|point|line|lseg|box|path|polygon|circle)\b/
