import { expect, it } from 'vitest'
import { differencesMadeBy } from '../../../support/catalog.ts'

it('sees the body of a function', async () => {
  const setup = `CREATE FUNCTION f(a integer) RETURNS integer LANGUAGE sql AS 'SELECT a'`
  const change = `CREATE OR REPLACE FUNCTION f(a integer) RETURNS integer LANGUAGE sql STABLE AS 'SELECT a + 1'`
  expect(await differencesMadeBy(setup, change)).toMatchInlineSnapshot(`
    [
      "function public.f(integer): definition CREATE OR REPLACE FUNCTION public.f(a integer) RETURNS integer LANGUAGE sql AS $function$SELECT a$function$ -> CREATE OR REPLACE FUNCTION public.f(a integer) RETURNS integer LANGUAGE sql STABLE AS $function$SELECT a + 1$function$",
    ]
  `)
})

it('sees overloads and procedures apart', async () => {
  const setup = `CREATE FUNCTION f(a integer) RETURNS integer LANGUAGE sql AS 'SELECT a'`
  const change = `CREATE FUNCTION f(a text) RETURNS text LANGUAGE sql AS 'SELECT a'; CREATE PROCEDURE p() LANGUAGE sql AS 'SELECT 1'`
  expect(await differencesMadeBy(setup, change)).toMatchInlineSnapshot(`
    [
      "function public.f(text): added",
      "procedure public.p(): added",
    ]
  `)
})
