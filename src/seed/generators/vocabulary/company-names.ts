import type { Locale } from '../../locale/locale.ts'
import type { Phrases } from '../count-phrases.ts'

/** Companies named after two families, with the form of company that the language has. */
export function companyNames({ name, people }: Pick<Locale, 'name' | 'people'>): Phrases {
  const { last } = people
  const forms = formsOf[name.slice(0, 2)] ?? formsOf['en'] ?? ['']
  const count = last.length
  return {
    size: count * count * forms.length,
    at: (index) => {
      const form = forms[index % forms.length] ?? ''
      const families = Math.floor(index / forms.length)
      const [first, second] = [last[families % count]?.name ?? '', last[Math.floor(families / count)]?.name ?? '']
      return `${first === second ? first : `${first} & ${second}`} ${form}`
    },
  }
}

const formsOf: Readonly<Record<string, readonly string[]>> = {
  de: ['GmbH', 'AG', 'KG'],
  en: ['Ltd', 'Inc', 'LLC', 'Group'],
  es: ['S.A.', 'S.L.'],
  fr: ['SA', 'SARL', 'SAS'],
  it: ['S.p.A.', 'S.r.l.'],
  ja: ['株式会社', '合同会社'],
  nl: ['B.V.', 'N.V.'],
  pt: ['S.A.', 'Ltda'],
}
