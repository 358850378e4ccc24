/** CHECK expressions that are compiled; the columns are those of compile-checks.test.ts. */
export const compiledChecks: readonly string[] = [
  // Bounds of numbers.
  'a > 0', 'a BETWEEN 1 AND 5', 'a >= -10 AND a < 10', 'a <> 3', 'NOT a < 5', 'a > 0.5', 'a + 5 > 10', '-a > 3', '2 * a <= 7',
  'a NOT BETWEEN 10 AND 20', 'a = 7', 'n > 0', 'n >= 0 AND n <= 1', 'n * 100 < 33', 'm > 0 AND m < 0.0001', 'n <> 0',
  'n / 2 > 10.5', 'big > 9007199254740993', 'big BETWEEN -9223372036854775808 AND -9223372036854775800', 'small > 32000',
  'f > 0 AND f < 1', 'r BETWEEN 0 AND 0.5', 'cash > 0::money', "cash <= '99.99'", 'f >= 0.1 AND f <= 0.11',
  // Lists.
  'a IN (1, 2, 3)', 'a NOT IN (1, 2, 3)', "s IN ('draft', 'published')", "v IN ('a', 'b''c', 'd\"e')", "k IN ('EUR', 'US')",
  "s <> ALL (ARRAY['a', 'b'])", "v = ANY ('{x,y,\"z w\"}')", "mood IN ('sad', 'happy')", "mood <> 'sad'", "mood > 'sad'",
  "mood::text IN ('fine', 'happy')", "u IN ('00000000-0000-4000-8000-000000000001')", 'a = 1 OR a = 2 OR a > 1000',
  // Steps.
  'a % 5 = 0', 'mod(a, 7) = 3', 'a % 2 <> 0', 'a % 10 = 0 AND a BETWEEN 95 AND 121',
  // Texts.
  "s <> ''", "btrim(s) <> ''", "length(s) > 3", 'char_length(v) BETWEEN 3 AND 5', 'length(s) = 8', 'octet_length(s) <= 4', "s > ''",
  "s LIKE 'ab%'", "s LIKE '%@%.%'", "s NOT LIKE '% %'", "s ILIKE 'x_y'", "s LIKE '100\\%'", "s SIMILAR TO '(a|b)[0-9]+%'",
  "s ~ '^[A-Z]{3}-\\d{4}$'", "s ~* '^[a-z]+$'", "s !~ '[0-9]'", "s !~* 'admin'", "s ~ '^[^@\\s]+@[^@\\s]+\\.[a-z]{2,}$'", "s ~ '^\\+?[1-9][0-9]{7,14}$'",
  "s ~ '^(?:[0-9]{1,3}\\.){3}[0-9]{1,3}$'", "s ~ '^[[:alpha:]][[:alnum:]_]*$'", "s ~ '^#([0-9a-f]{6}|[0-9a-f]{3})$'", "v ~ 'x'",
  "s ~ '^(?=.*[0-9])(?=.*[a-z]).{8,20}$'", "s ~ '\\ycat\\y'", "s ~ '^\\S+$' AND length(s) BETWEEN 10 AND 12", "s ~ '^[-a-z.]+$' AND s ~ '-'",
  "s ~ '^(draft|live|old)$' AND s <> 'old'", "v ~ '^.{12}$'", "k ~ '^[A-Z]{3}$'", "s ~ '^https?://[^/]+/.+$'", "s ~ '(?i)^abc'", "s ~ '^\\d{5}(-\\d{4})?$'",
  's = lower(s)', 'upper(v) = v', 'btrim(s) = s', 'lower(btrim(s)) = s AND length(s) > 2', "lower(s) IN ('a', 'b')", "left(s, 3) = 'INV'", "right(s, 4) = '.png'",
  "starts_with(s, 'tok_')", "s ^@ 'x'", "position('@' in s) > 1", "strpos(s, ' ') = 0", "substr(s, 1, 2) = 'DE'", "length(btrim(s)) > 0", "s COLLATE \"C\" <> 'a'",
  "s ~ '^[]a-c]+$'", "s ~ '^[a\\-z]{2}$'", "s ~ '^a{2}b{1,}c{0,3}$'", "s ~ '^\\w+$'", "s ~ '^\\{\\}$'",
  // NULL.
  's IS NOT NULL', 's IS NULL OR length(s) > 2', '(a IS NULL) = (b IS NULL)', '(a IS NULL) <> (b IS NULL)', 'num_nonnulls(a, b, c) = 1', 'num_nulls(a, b) <= 1',
  '(a IS NOT NULL)::int + (b IS NOT NULL)::int = 1', '(CASE WHEN a IS NULL THEN 0 ELSE 1 END + CASE WHEN b IS NULL THEN 0 ELSE 1 END) = 1', 'a IS DISTINCT FROM 5', 'a IS DISTINCT FROM b',
  'a IS NOT DISTINCT FROM b', "coalesce(a, 0) > 3", "coalesce(s, '') <> ''", 'coalesce(a, b) IS NOT NULL', 'ROW(a, b) IS NOT NULL', "nullif(s, '') IS NOT NULL",
  'a > 0 OR a IS NULL', 'a IS NOT NULL AND b IS NULL',
  // Truth values.
  'ok', 'NOT ok', 'ok = true', 'ok IS TRUE', 'ok IS NOT TRUE', 'ok OR no', 'NOT (ok AND no)', 'ok <> no', 'ok = (a IS NOT NULL)', '(ok AND a > 0) OR (NOT ok AND a < 0)', 'NOT ok OR d IS NOT NULL',
  // Cases.
  "CASE s WHEN 'paid' THEN t IS NOT NULL WHEN 'new' THEN t IS NULL ELSE false END", "(s = 'a' AND a > 0) OR (s = 'b' AND b > 0)", "s <> 'done' OR t IS NOT NULL", 'a > 0 AND (b > 0 OR c > 0) AND (a < 100 OR b < 5)',
  // Columns with each other.
  'a < b', 'a <= b AND b <= c', 't2 > t', 'd2 >= d', "t2 >= t + interval '1 hour'", "t2 <= t + interval '30 days' AND t2 > t", "t2 > t + interval '1 month'", "t2 - t < interval '2 days' AND t2 > t", 'd2 - d BETWEEN 1 AND 14',
  'd2 = d + 7', 'ti < ti2', 'a <> b', 'u <> u2', 'a = b', 's <> v', 's = v', 'mood < mood2', 'a + b <= 100 AND a > 0 AND b > 0', 'n = a * b', 'a = b + c', 'n >= a', 'n <= m', 'f < a', 'a * b <= 1000 AND a > 0 AND b > 0', 'q = n * a', 'b > 2 * a AND a > 0',
  'a < b AND b < c AND c <= 10 AND a >= 0', 'extract(epoch FROM t2 - t) BETWEEN 60 AND 3600', 'greatest(a, b) < 10', 'least(a, b) > 10', 'a + b + c = 100 AND a >= 0 AND b >= 0 AND c >= 0', 'n = round(a * b)  OR n = a * b', 't::date = d OR t2 > t',
  // Times.
  't <= now()', 't > now()', "t BETWEEN '2020-01-01' AND '2021-01-01'", 'd >= CURRENT_DATE', 'd > CURRENT_DATE - 30', "d <= CURRENT_DATE - interval '18 years'", "age(d) >= interval '18 years'", "t < now() + interval '1 year'", "t > '2020-01-01 10:00:00+02'", "t >= '-infinity'",
  'extract(year FROM d) >= 2000', 'extract(year FROM t) = 2024', "t::date >= '2020-01-01'", "ti BETWEEN '08:00' AND '18:00'", "iv > '0'", "iv BETWEEN '1 hour' AND '2 days'", "t < 'infinity'",
  // Other types.
  'cardinality(tags) > 0', 'array_length(tags, 1) <= 3', 'array_length(tags, 1) BETWEEN 1 AND 2', "tags <@ ARRAY['red', 'green', 'blue']", "tags <> '{}'", '0 < ALL (nums)', "'x' <> ALL (tags)", 'array_position(tags, NULL) IS NULL',
  "jsonb_typeof(j) = 'object'", "jsonb_typeof(j) <> 'null'", "j <> '{}'", 'octet_length(by) = 16', 'length(by) <= 3', 'NOT isempty(range)', "u <> '00000000-0000-0000-0000-000000000000'", "s LIKE ANY (ARRAY['a%', 'b%'])",
]

/** CHECK expressions that are not, with the reason. */
export const askedChecks: readonly (readonly [string, string])[] = [
  ["s < 'm'", 'the order of texts depends on the collation'],
  ['md5(s) = v', 'the function md5()'],
  ["j ? 'name'", 'the operator ?'],
  ["j ->> 'kind' = 'x'", 'the operator ->>'],
  ["'a' = ANY (tags)", 'ANY over such an array'],
  ['a * a < 100', 'a column is multiplied by itself'],
  ['f + r < 10', 'arithmetic with floating-point columns is rounded'],
  ['a / 2 > 5', 'the operator /'],
  ["s ~ '(a)\\1'", 'the part "\\1" of a regular expression'],
  ["a::text ~ '^1'", '~ of something else than a text column'],
  ['a % 100 <> 13', 'the operator %'],
  ['n = round(a * m, 2)', 'the function round()'],
  ['extract(dow FROM d) < 6', 'the function extract()'],
  ["regexp_replace(s, 'a', '') = s", 'the function regexp_replace()'],
  ["range && '[1,5)'", 'the operator &&'],
]
