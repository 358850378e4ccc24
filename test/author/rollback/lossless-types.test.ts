import { describe, expect, it } from 'vitest'
import { keepsEveryValue, refusesWhatDoesNotFit } from '../../../src/author/rollback/lossless-types.ts'

describe('keeps every value', () => {
  it.each([
    ['integer', 'bigint'],
    ['bigint', 'integer'],
    ['integer', 'numeric(10,0)'],
    ['integer', 'text'],
    ['character varying(20)', 'character varying(40)'],
    ['character varying(20)', 'text'],
    ['numeric(10,2)', 'numeric(14,4)'],
    ['timestamp(3) without time zone', 'timestamp(6) without time zone'],
    ['timestamp(3) without time zone', 'timestamp(3) with time zone'],
    ['date', 'timestamp(3) without time zone'],
    ['real', 'double precision'],
    ['jsonb', 'json'],
    ['text', 'public."Role"'],
    ['public."Role"', 'text'],
    ['integer[]', 'bigint[]'],
    ['text', 'text[]'],
  ])('%s as %s', (from, to) => {
    expect(keepsEveryValue(from, to)).toBe(true)
  })
})

describe('may lose something', () => {
  it.each([
    ['double precision', 'integer'],
    ['numeric(14,4)', 'numeric(10,2)'],
    ['numeric(10,4)', 'numeric(10,6)'],
    ['bigint', 'numeric(10,0)'],
    ['text', 'character varying(20)'],
    ['character varying(40)', 'character varying(20)'],
    ['timestamp(6) without time zone', 'timestamp(3) with time zone'],
    ['timestamp without time zone', 'date'],
    ['json', 'jsonb'],
    ['json', 'text'],
    ['text', 'integer'],
    ['text', 'uuid'],
    ['character(5)', 'text'],
    ['text[]', 'text'],
    ['integer', 'boolean'],
  ])('%s as %s', (from, to) => {
    expect(keepsEveryValue(from, to)).toBe(false)
  })
})

it('knows what is refused instead of cut, where nothing is said of how to convert', () => {
  expect(refusesWhatDoesNotFit('text', 'character varying(20)')).toBe(true)
  expect(refusesWhatDoesNotFit('numeric(14,2)', 'numeric(10,2)')).toBe(true)
  expect(refusesWhatDoesNotFit('numeric(14,4)', 'numeric(10,2)')).toBe(false)
  expect(refusesWhatDoesNotFit('timestamp(6) without time zone', 'timestamp(3) without time zone')).toBe(false)
})
