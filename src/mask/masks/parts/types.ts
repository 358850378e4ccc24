import type { TypeGroup } from '../../../seed/classify/type-group.ts'

/** Types of plain text. */
export const textTypes: readonly TypeGroup[] = ['text']

/** Types of numbers. */
export const numberTypes: readonly TypeGroup[] = ['int', 'decimal']

/** Types of days and moments. */
export const momentTypes: readonly TypeGroup[] = ['date', 'timestamp']
