import type { WrittenName } from '../../../seed/locale/locale.ts'
import type { CellMask, MaskColumn, Unfit } from '../../mask.ts'
import { withCode } from './with-code.ts'

/** A mask that gives names; where they must be distinct, with a code behind. */
export function nameMask(
  input: MaskColumn,
  purpose: string,
  rename: (value: string) => string,
  vocabulary: readonly WrittenName[],
): CellMask | Unfit {
  const coded = withCode(input, purpose, rename)
  if ('unfit' in coded) return coded
  return { ...coded, vocabulary: new Set(vocabulary.map(({ name }) => name)) }
}
