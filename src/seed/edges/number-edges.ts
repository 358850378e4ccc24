import type { ColumnFacts } from '../../postgres/tables/table-facts.ts'

/**
 * The edge cases of a number, as far as its type goes.
 * @param isCounted numbers that something is calculated from: none near the ends of the type, so that sums still fit
 */
export function numberEdges(column: ColumnFacts, isCounted: boolean): readonly string[] {
  const small = ['0', '1', '-1', '2']
  const scaled = column.baseType.startsWith('int') ? [] : ['0.01', '-0.01', '0.1', '0.99']
  return [...small, ...scaled, ...(isCounted ? [] : ends(column))]
}

function ends({ baseType, precision, scale }: ColumnFacts): readonly string[] {
  switch (baseType) {
    case 'int2':
      return ['32767', '-32768', '255', '256']
    case 'int4':
      return ['2147483647', '-2147483648', '65536', '16777217']
    case 'int8':
      // Behind the first JavaScript no longer counts exactly.
      return ['9223372036854775807', '-9223372036854775808', '9007199254740993', '4294967296']
    case 'numeric': {
      if (precision === undefined) return ['12345678901234567890.123456789', '-0.000000000000000001']
      const digits = '9'.repeat(precision)
      const places = scale ?? 0
      if (places < 0 || places > precision) return []
      const most = `${digits.slice(places) || '0'}${places > 0 ? `.${digits.slice(0, places)}` : ''}`
      const least = places > 0 ? [`0.${'1'.padStart(places, '0')}`] : []
      return [most, `-${most}`, ...least]
    }
    case 'float4':
      return ['0.30000001', '999999']
    case 'float8':
      return ['0.30000000000000004', '999999999999999', '1e-12']
    default:
      return []
  }
}
