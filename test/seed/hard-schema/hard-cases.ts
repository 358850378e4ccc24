/** A schema that seeders stumble over. */
export interface HardCase {
  readonly name: string
  readonly sql: string
  /** SQL that gives true where the rows are as they must be, for what no constraint says. */
  readonly also?: string
}

/** The twenty that others were measured with. */
const measured: readonly HardCase[] = [
  {
    name: 'CHECK range',
    sql: `CREATE TABLE items (id int PRIMARY KEY, score int NOT NULL CHECK (score BETWEEN 1 AND 5), price numeric(10,2) NOT NULL CHECK (price > 0 AND price < 500))`,
  },
  {
    name: 'CHECK ends_at > starts_at',
    sql: `CREATE TABLE bookings (id int PRIMARY KEY, starts_at timestamptz NOT NULL, ends_at timestamptz NOT NULL, CHECK (ends_at > starts_at))`,
  },
  {
    name: 'CHECK IN (…)',
    sql: `CREATE TABLE tickets (id int PRIMARY KEY, status text NOT NULL CHECK (status IN ('open', 'in_progress', 'closed')))`,
  },
  {
    name: 'CHECK regular expression',
    sql: `CREATE TABLE parts (id int PRIMARY KEY, code text NOT NULL CHECK (code ~ '^[A-Z]{3}-[0-9]{4}$'))`,
  },
  {
    name: 'domain with CHECK',
    sql: `CREATE DOMAIN positive_money AS numeric(12,2) CHECK (VALUE >= 0.01); CREATE TABLE invoices (id int PRIMARY KEY, amount positive_money NOT NULL)`,
  },
  {
    name: 'EXCLUDE USING gist on tstzrange',
    sql: `CREATE EXTENSION btree_gist; CREATE TABLE rooms (id int PRIMARY KEY); CREATE TABLE reservations (id int PRIMARY KEY, room_id int NOT NULL REFERENCES rooms, during tstzrange NOT NULL, EXCLUDE USING gist (room_id WITH =, during WITH &&))`,
  },
  {
    name: 'composite unique (org, user)',
    sql: `CREATE TABLE orgs (id int PRIMARY KEY); CREATE TABLE users (id int PRIMARY KEY); CREATE TABLE memberships (id int PRIMARY KEY, org_id int NOT NULL REFERENCES orgs, user_id int NOT NULL REFERENCES users, UNIQUE (org_id, user_id))`,
  },
  {
    name: 'join table with a composite primary key',
    sql: `CREATE TABLE posts (id int PRIMARY KEY); CREATE TABLE tags (id int PRIMARY KEY); CREATE TABLE post_tags (post_id int NOT NULL REFERENCES posts, tag_id int NOT NULL REFERENCES tags, PRIMARY KEY (post_id, tag_id))`,
  },
  {
    name: 'two composite uniques sharing a column',
    sql: `CREATE TABLE teams (id int PRIMARY KEY); CREATE TABLE players (id int PRIMARY KEY, team_id int NOT NULL REFERENCES teams, shirt smallint NOT NULL, nick varchar(20) NOT NULL, UNIQUE (team_id, shirt), UNIQUE (team_id, nick))`,
  },
  {
    name: 'composite foreign key (tenant)',
    sql: `CREATE TABLE tenants (id int PRIMARY KEY); CREATE TABLE accounts (tenant_id int NOT NULL REFERENCES tenants, id int NOT NULL, PRIMARY KEY (tenant_id, id)); CREATE TABLE entries (id int PRIMARY KEY, tenant_id int NOT NULL, account_id int NOT NULL, FOREIGN KEY (tenant_id, account_id) REFERENCES accounts (tenant_id, id))`,
  },
  {
    name: 'self relation, nullable',
    sql: `CREATE TABLE categories (id int PRIMARY KEY, parent_id int REFERENCES categories, name text NOT NULL)`,
    also: `SELECT count(*) > 0 AND bool_or(parent_id IS NULL) FROM categories`,
  },
  {
    name: 'self relation, NOT NULL DEFERRABLE',
    sql: `CREATE TABLE nodes (id int PRIMARY KEY, root_id int NOT NULL REFERENCES nodes DEFERRABLE INITIALLY DEFERRED)`,
  },
  {
    name: 'cycle of two with a nullable edge',
    sql: `CREATE TABLE departments (id int PRIMARY KEY, head_id int); CREATE TABLE employees (id int PRIMARY KEY, department_id int NOT NULL REFERENCES departments); ALTER TABLE departments ADD FOREIGN KEY (head_id) REFERENCES employees`,
    also: `SELECT bool_or(head_id IS NOT NULL) FROM departments`,
  },
  {
    name: 'cycle of two, NOT NULL, DEFERRABLE',
    sql: `CREATE TABLE husbands (id int PRIMARY KEY, wife_id int NOT NULL); CREATE TABLE wives (id int PRIMARY KEY, husband_id int NOT NULL REFERENCES husbands DEFERRABLE); ALTER TABLE husbands ADD FOREIGN KEY (wife_id) REFERENCES wives DEFERRABLE`,
  },
  {
    name: 'partial unique WHERE is_default',
    sql: `CREATE TABLE owners (id int PRIMARY KEY); CREATE TABLE addresses (id int PRIMARY KEY, owner_id int NOT NULL REFERENCES owners, is_default boolean NOT NULL); CREATE UNIQUE INDEX one_default ON addresses (owner_id) WHERE is_default`,
    also: `SELECT bool_or(is_default) AND count(DISTINCT owner_id) < count(*) FROM addresses`,
  },
  {
    name: 'unique on lower(email)',
    sql: `CREATE TABLE subscribers (id int PRIMARY KEY, email text NOT NULL); CREATE UNIQUE INDEX ON subscribers (lower(email))`,
  },
  {
    name: 'varchar(2) code and varchar(8) name',
    sql: `CREATE TABLE regions (id int PRIMARY KEY, code varchar(2) NOT NULL, name varchar(8) NOT NULL)`,
  },
  {
    name: 'generated column and identity ALWAYS',
    sql: `CREATE TABLE lines (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, quantity int NOT NULL, price numeric(10,2) NOT NULL, total numeric(14,2) GENERATED ALWAYS AS (quantity * price) STORED)`,
  },
  {
    name: 'text[], int[], inet, uuid, bigint',
    sql: `CREATE TABLE hosts (id uuid PRIMARY KEY, labels text[] NOT NULL, ports int[] NOT NULL, ip inet NOT NULL, bytes bigint NOT NULL)`,
  },
  {
    name: 'UNIQUE NULLS NOT DISTINCT',
    sql: `CREATE TABLE slots (id int PRIMARY KEY, name text, UNIQUE NULLS NOT DISTINCT (name))`,
  },
]

/** Twenty more. */
const further: readonly HardCase[] = [
  {
    name: 'CHECK with OR over NULLs (exactly one of two)',
    sql: `CREATE TABLE persons (id int PRIMARY KEY); CREATE TABLE companies (id int PRIMARY KEY); CREATE TABLE contracts (id int PRIMARY KEY, person_id int REFERENCES persons, company_id int REFERENCES companies, CHECK ((person_id IS NULL) <> (company_id IS NULL)))`,
    also: `SELECT bool_or(person_id IS NOT NULL) AND bool_or(company_id IS NOT NULL) FROM contracts`,
  },
  {
    name: 'CHECK implication (state and its timestamp)',
    sql: `CREATE TYPE state AS ENUM ('draft', 'sent', 'paid'); CREATE TABLE bills (id int PRIMARY KEY, status state NOT NULL, paid_at timestamptz, CHECK (status <> 'paid' OR paid_at IS NOT NULL), CHECK (status = 'paid' OR paid_at IS NULL))`,
    also: `SELECT bool_or(status = 'paid') FROM bills`,
  },
  {
    name: 'CHECK over three columns',
    sql: `CREATE TABLE limits (id int PRIMARY KEY, low int NOT NULL, middle int NOT NULL, high int NOT NULL, CHECK (low < middle AND middle < high), CHECK (low >= 0), CHECK (high <= 100))`,
  },
  {
    name: 'CHECK arithmetic (total = quantity * price)',
    sql: `CREATE TABLE order_lines (id int PRIMARY KEY, quantity int NOT NULL CHECK (quantity > 0), price numeric(10,2) NOT NULL CHECK (price >= 0), total numeric(14,2) NOT NULL, CHECK (total = quantity * price))`,
  },
  {
    name: 'CHECK outside the fragment (a function)',
    sql: `CREATE FUNCTION is_even(n int) RETURNS boolean IMMUTABLE LANGUAGE sql AS 'SELECT n % 2 = 0'; CREATE TABLE evens (id int PRIMARY KEY, n int NOT NULL CHECK (is_even(n)))`,
  },
  {
    name: 'CHECK length and LIKE',
    sql: `CREATE TABLE links (id int PRIMARY KEY, url text NOT NULL CHECK (url LIKE 'https://%' AND length(url) <= 40), slug text NOT NULL UNIQUE CHECK (slug ~ '^[a-z0-9-]+$' AND char_length(slug) BETWEEN 3 AND 12))`,
  },
  {
    name: 'follower and followed must differ',
    sql: `CREATE TABLE members (id int PRIMARY KEY); CREATE TABLE follows (follower_id int NOT NULL REFERENCES members, followed_id int NOT NULL REFERENCES members, PRIMARY KEY (follower_id, followed_id), CHECK (follower_id <> followed_id))`,
  },
  {
    name: 'primary key that is a foreign key (one to one)',
    sql: `CREATE TABLE people (id uuid PRIMARY KEY); CREATE TABLE profiles (person_id uuid PRIMARY KEY REFERENCES people, bio text); CREATE TABLE photos (person_id uuid PRIMARY KEY REFERENCES profiles, bytes bytea NOT NULL)`,
  },
  {
    name: 'two foreign keys that share the tenant',
    sql: `CREATE TABLE tenants (id int PRIMARY KEY); CREATE TABLE projects (tenant_id int NOT NULL REFERENCES tenants, id int NOT NULL, PRIMARY KEY (tenant_id, id)); CREATE TABLE workers (tenant_id int NOT NULL REFERENCES tenants, id int NOT NULL, PRIMARY KEY (tenant_id, id)); CREATE TABLE tasks (id int PRIMARY KEY, tenant_id int NOT NULL REFERENCES tenants, project_id int NOT NULL, worker_id int, FOREIGN KEY (tenant_id, project_id) REFERENCES projects, FOREIGN KEY (tenant_id, worker_id) REFERENCES workers)`,
    also: `SELECT bool_or(worker_id IS NOT NULL) FROM tasks`,
  },
  {
    name: 'join table of three with the tenant in its key',
    sql: `CREATE TABLE tenants (id int PRIMARY KEY); CREATE TABLE groups (tenant_id int NOT NULL REFERENCES tenants, id int NOT NULL, PRIMARY KEY (tenant_id, id)); CREATE TABLE persons (tenant_id int NOT NULL REFERENCES tenants, id int NOT NULL, PRIMARY KEY (tenant_id, id)); CREATE TABLE group_persons (tenant_id int NOT NULL, group_id int NOT NULL, person_id int NOT NULL, PRIMARY KEY (tenant_id, group_id, person_id), FOREIGN KEY (tenant_id, group_id) REFERENCES groups, FOREIGN KEY (tenant_id, person_id) REFERENCES persons)`,
  },
  {
    name: 'EXCLUDE over two columns and a daterange',
    sql: `CREATE EXTENSION btree_gist; CREATE TABLE cars (id int PRIMARY KEY); CREATE TABLE rentals (id int PRIMARY KEY, car_id int NOT NULL REFERENCES cars, starts_on date NOT NULL, ends_on date NOT NULL, CHECK (starts_on < ends_on), EXCLUDE USING gist (car_id WITH =, daterange(starts_on, ends_on, '[)') WITH &&))`,
  },
  {
    name: 'partial unique WHERE deleted_at IS NULL',
    sql: `CREATE TABLE logins (id int PRIMARY KEY, handle text NOT NULL, deleted_at timestamptz); CREATE UNIQUE INDEX ON logins (handle) WHERE deleted_at IS NULL`,
  },
  {
    name: 'linked list (unique self relation)',
    sql: `CREATE TABLE steps (id int PRIMARY KEY, previous_id int UNIQUE REFERENCES steps)`,
    also: `SELECT bool_or(previous_id IS NOT NULL) FROM steps`,
  },
  {
    name: 'cycle of three with a nullable edge',
    sql: `CREATE TABLE a (id int PRIMARY KEY, c_id int); CREATE TABLE b (id int PRIMARY KEY, a_id int NOT NULL REFERENCES a); CREATE TABLE c (id int PRIMARY KEY, b_id int NOT NULL REFERENCES b); ALTER TABLE a ADD FOREIGN KEY (c_id) REFERENCES c`,
    also: `SELECT bool_or(c_id IS NOT NULL) FROM a`,
  },
  {
    name: 'composite foreign key, nullable, MATCH FULL',
    sql: `CREATE TABLE points (x int NOT NULL, y int NOT NULL, PRIMARY KEY (x, y)); CREATE TABLE pins (id int PRIMARY KEY, x int, y int, FOREIGN KEY (x, y) REFERENCES points MATCH FULL)`,
    also: `SELECT bool_or(x IS NULL) AND bool_or(x IS NOT NULL) FROM pins`,
  },
  {
    name: 'partitioned table',
    sql: `CREATE TABLE events (id bigint NOT NULL, happened_on date NOT NULL, PRIMARY KEY (id, happened_on)) PARTITION BY RANGE (happened_on); CREATE TABLE events_2024 PARTITION OF events FOR VALUES FROM ('2024-01-01') TO ('2025-01-01'); CREATE TABLE events_2025 PARTITION OF events FOR VALUES FROM ('2025-01-01') TO ('2026-01-01')`,
  },
  {
    name: 'ranges, intervals, bits, money, composite and domain arrays',
    sql: `CREATE TYPE size AS (width int, height int); CREATE DOMAIN grade AS int CHECK (VALUE BETWEEN 1 AND 6); CREATE TABLE odd (id int PRIMARY KEY, valid int4range NOT NULL, every interval NOT NULL, flags bit(8) NOT NULL, fee money NOT NULL, box size NOT NULL, grades grade[] NOT NULL, seen tstzrange NOT NULL, addr cidr NOT NULL, mac macaddr NOT NULL, doc xml NOT NULL, vec tsvector NOT NULL, at timetz NOT NULL)`,
  },
  {
    name: 'names that need quotes, and keywords',
    sql: `CREATE SCHEMA "my schema"; CREATE TABLE "my schema"."select" ("id" int PRIMARY KEY, "from" text NOT NULL, "a ""quoted"" name" text NOT NULL UNIQUE, "Größe" int NOT NULL CHECK ("Größe" > 0))`,
  },
  {
    name: 'a trigger that changes rows, row-level security for others',
    sql: `CREATE TABLE audited (id int PRIMARY KEY, name text NOT NULL, changed_at timestamptz); CREATE FUNCTION stamp() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN NEW.changed_at := now(); RETURN NEW; END'; CREATE TRIGGER stamp BEFORE INSERT ON audited FOR EACH ROW EXECUTE FUNCTION stamp(); ALTER TABLE audited ENABLE ROW LEVEL SECURITY`,
    also: `SELECT bool_and(changed_at IS NOT NULL) FROM audited`,
  },
  {
    name: 'unique over few values (enum × enum × parent)',
    sql: `CREATE TYPE colour AS ENUM ('red', 'green', 'blue'); CREATE TYPE fit AS ENUM ('s', 'm', 'l', 'xl'); CREATE TABLE shirts (id int PRIMARY KEY); CREATE TABLE variants (shirt_id int NOT NULL REFERENCES shirts, colour colour NOT NULL, fit fit NOT NULL, PRIMARY KEY (shirt_id, colour, fit))`,
  },
]

/** All forty, each with its number. */
export const hardCases: readonly (HardCase & { readonly number: number })[] = [...measured, ...further].map(
  (one, place) => ({ ...one, number: place + 1 }),
)
