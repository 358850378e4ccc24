import { type CellMask, isUnfit, type Mask, type MaskColumn } from '../mask.ts'
import { jsonText } from './parts/json-text.ts'
import { classifyOnce } from '../../seed/classify/classify-once.ts'
import { confidentMeaning } from '../../seed/generators/meanings.ts'
import { proposeMask } from '../classification/propose-mask.ts'

/** Documents: every value within is masked but those whose path somebody has named. */
export const json: Mask = {
  name: 'json',
  summary: 'the same structure, every value masked: by the name of its key (an `email` becomes one), else replaced by one of the same kind; `json($.theme: keep, $.owner.name: full-name, $.items[*].sku: keep)` says what is done at a path',
  provenance: 'replaced',
  types: ['json'],
  compile: (input) => {
    if (input.isUnique) return { unfit: 'a document has no form in which it could stay distinct; use id on a column of its own' }
    const paths = new Map<string, CellMask>()
    for (const entry of (input.argument ?? '').split(/,(?![^(]*\))/u).map((part) => part.trim()).filter((part) => part !== '')) {
      const [, path, written] = /^(\$(?:\.[\p{L}\p{N}_$-]+|\[\*\])*)\s*:\s*(.+)$/u.exec(entry) ?? []
      if (path === undefined || written === undefined) return { unfit: `"${entry}" is no path and its mask, as in $.theme: keep` }
      const inner = input.inner(written)
      if (isUnfit(inner)) return { unfit: `${path}: ${inner.unfit}` }
      paths.set(path, inner)
    }
    const write = jsonText({ paths, byKey: keyMasks(input), world: input.world })
    return { apply: (value, row) => write(value, row), distinctBits: 0 }
  },
}

/** What the classifier says of a key's name: an `email` within a document is masked as one in a column. */
function keyMasks({ inner }: MaskColumn): (key: string) => CellMask | undefined {
  const known = new Map<string, CellMask | undefined>()
  return (key) => {
    if (known.has(key)) return known.get(key)
    const column = { name: key, kind: 'scalar', baseType: 'text' } as const
    const { piiClass, ...rest } = classifyOnce(column, '')
    const meaning = confidentMeaning({ piiClass, ...rest })
    const isPersonal = meaning !== undefined && (piiClass === 'D' || piiClass === 'C' || piiClass === 'K')
    const written = isPersonal ? proposeMask(piiClass, meaning, column) : undefined
    const compiled = written === undefined || written === 'address' || written === 'synthetic' ? undefined : inner(written)
    const found = compiled === undefined || isUnfit(compiled) ? undefined : compiled
    // Keys may be data: only so many are remembered.
    if (known.size < 10_000) known.set(key, found)
    return found
  }
}
