/**
 * Part of every address, of every manifest and of the record of every run. Raise it with each change on purpose of what
 * a row holds: of the bytes of a generator, of the words by which the classifier picks one, of the values that a unique
 * column takes first. Everybody's rows change then, once and together; the golden files of the tests show which change
 * needs it. A run on rows of another version is refused as one with another seed is.
 */
export const generatorVersion = 2
