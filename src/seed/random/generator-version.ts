/**
 * Part of every address. Raise it when the bytes of any generator change on purpose: everybody's rows change then,
 * once and together, and the golden files of the tests show which.
 */
export const generatorVersion = 1
