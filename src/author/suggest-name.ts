import { wordsOf } from './similarity.ts'

/** A name for a migration from its SQL, where nobody gave one: `add_nick_to_user`, `create_post`. */
export function suggestName(sql: string): string {
  for (const [pattern, name] of forms) {
    const match = pattern.exec(sql)
    if (match !== null) return name(...match.slice(1).map((part) => wordsOf(part).join('_')))
  }
  return 'change_schema'
}

const identifier = '(?:"[^"]+"\\.)?"([^"]+)"'

const forms: readonly (readonly [RegExp, (...parts: string[]) => string])[] = [
  [/-- tide: rename ([\w.]+):(\w+)/, (before = '', after = '') => `rename_${before}_to_${after}`],
  [new RegExp(`CREATE TABLE ${identifier}`), (table = '') => `create_${table}`],
  [new RegExp(`DROP TABLE ${identifier}`), (table = '') => `drop_${table}`],
  [new RegExp(`ALTER TABLE ${identifier} [^;]*?ADD COLUMN\\s+"([^"]+)"`), (table = '', column = '') => `add_${column}_to_${table}`],
  [new RegExp(`ALTER TABLE ${identifier} [^;]*?DROP COLUMN "([^"]+)"`), (table = '', column = '') => `drop_${column}_from_${table}`],
  [new RegExp(`ALTER TABLE ${identifier} [^;]*?ALTER COLUMN "([^"]+)"`), (table = '', column = '') => `change_${column}_of_${table}`],
  [new RegExp(`CREATE (?:UNIQUE )?INDEX "[^"]+" ON ${identifier}`), (table = '') => `index_${table}`],
  [new RegExp(`ALTER TYPE ${identifier}`), (type = '') => `change_${type}`],
]
