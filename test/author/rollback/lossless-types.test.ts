import { describe, expect, it } from 'vitest'
import { keepsEveryValue, keepsWhatComesThrough } from '../../../src/author/rollback/lossless-types.ts'

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

it.each([
  // Without USING: what does not fit is refused instead of cut.
  ['text', 'character varying(20)', 'assigned', true],
  ['numeric(14,2)', 'numeric(10,2)', 'assigned', true],
  ['numeric(14,4)', 'numeric(10,2)', 'assigned', false],
  ['timestamp(6) without time zone', 'timestamp(3) without time zone', 'assigned', false],
  ['text', 'character varying(20)', 'cast', false],
  // AT TIME ZONE 'UTC': its own reverse, with as many digits of a second.
  ['timestamp(3) without time zone', 'timestamp(3) with time zone', 'zoned', true],
  ['timestamp with time zone', 'timestamp(3) without time zone', 'zoned', false],
  ['timestamp(6) without time zone', 'timestamp(3) with time zone', 'zoned', false],
  ['timestamp with time zone', 'timestamp(0) without time zone', 'zoned', false],
  ['time with time zone', 'time(6) with time zone', 'zoned', false],
  ['timestamp with time zone', 'timestamp(6) with time zone', 'zoned', false],
  ['text', 'timestamp with time zone', 'zoned', false],
  ['date', 'timestamp(0) with time zone', 'midnight', true],
  ['timestamp with time zone', 'timestamp without time zone', 'midnight', false],
  ['integer', 'bigint', 'computed', false],
] as const)('what comes through from %s to %s %s is kept: %s', (from, to, how, isKept) => {
  expect(keepsWhatComesThrough(from, to, how)).toBe(isKept)
})
