/** A kind of change to a database with rows. */
export interface KindOfChange {
  readonly title: string
  /** What the database has more than the shop. */
  readonly setup?: string
  readonly up: string
  /** Why the rollback does not bring every row back; left out: it does. */
  readonly incomplete?: readonly string[]
  /** The rows that stay keep it from being applied a second time. */
  readonly once?: boolean
  /** It leaves something in the database that stands in no schema, and does not go with one. */
  readonly isOutside?: boolean
}

/** The database on which the changes are tried, with rows. */
export const shop = `
  CREATE TYPE "Role" AS ENUM ('ADMIN', 'USER', 'GUEST');
  CREATE TABLE users (
    id serial PRIMARY KEY, email text NOT NULL, name text, role "Role" NOT NULL DEFAULT 'USER',
    roles "Role"[] NOT NULL DEFAULT '{}', age integer, score double precision, born timestamp(3) without time zone,
    settings jsonb NOT NULL DEFAULT '{}', tags text[] NOT NULL DEFAULT '{}', balance numeric(12,2) NOT NULL DEFAULT 0);
  CREATE UNIQUE INDEX users_email_key ON users (email);
  CREATE TABLE posts (
    id serial PRIMARY KEY, author_id integer NOT NULL, title text NOT NULL, views integer NOT NULL DEFAULT 0,
    CONSTRAINT posts_author_id_fkey FOREIGN KEY (author_id) REFERENCES users (id) ON DELETE RESTRICT ON UPDATE CASCADE);
  CREATE INDEX posts_author_id_idx ON posts (author_id);
  CREATE TABLE "Audit.Log" ("tenant" integer, "No" integer, "a""b" text, "🦆" text DEFAULT 'quack', PRIMARY KEY ("tenant", "No"));
  INSERT INTO users (email, name, role, roles, age, score, born, tags, balance) VALUES
    ('ada@example.com', 'Ada', 'ADMIN', '{ADMIN,USER}', 36, 1.5, '2000-01-01 10:00', '{x,y}', 12.34),
    ('bob@example.com', NULL, 'USER', '{}', NULL, NULL, NULL, '{}', 0);
  INSERT INTO posts (author_id, title, views) VALUES (1, 'One', 5), (1, 'Two', 0), (2, 'Three', 7);
  INSERT INTO "Audit.Log" VALUES (1, 1, 'x', 'y'), (1, 2, NULL, NULL);`

/** What a Prisma schema can express. */
export const schemaChanges: readonly KindOfChange[] = [
  {
    title: 'a table with a relation',
    up: `CREATE TABLE "Tag" ("id" TEXT NOT NULL, "postId" INTEGER NOT NULL, CONSTRAINT "Tag_pkey" PRIMARY KEY ("id"));
      CREATE INDEX "Tag_postId_idx" ON "Tag"("postId");
      ALTER TABLE "Tag" ADD CONSTRAINT "Tag_postId_fkey" FOREIGN KEY ("postId") REFERENCES "posts"("id");`,
  },
  {
    title: 'two tables that point at each other',
    up: `CREATE TABLE a (id int PRIMARY KEY, b_id int); CREATE TABLE b (id int PRIMARY KEY, a_id int REFERENCES a (id));
      ALTER TABLE a ADD FOREIGN KEY (b_id) REFERENCES b (id);`,
  },
  {
    title: 'two tables dropped that point at each other',
    setup: `CREATE TABLE a (id int PRIMARY KEY, b_id int); CREATE TABLE b (id int PRIMARY KEY, a_id int REFERENCES a (id));
      ALTER TABLE a ADD FOREIGN KEY (b_id) REFERENCES b (id);`,
    up: 'ALTER TABLE a DROP CONSTRAINT a_b_id_fkey; DROP TABLE b; DROP TABLE a;',
    incomplete: ['rows of public.a are not kept', 'rows of public.b are not kept'],
  },
  {
    title: 'an optional number that becomes a required text, and a fill that is no number',
    up: `ALTER TABLE users ALTER age TYPE text USING (age::text);
      UPDATE users SET age = 'none' WHERE age IS NULL; ALTER TABLE users ALTER age SET NOT NULL;`,
    incomplete: ['values of public.users (age) were overwritten (line 2)'],
  },
  {
    title: 'an optional relation that becomes a required number, and a fill that is the key of no row',
    setup: 'ALTER TABLE users ADD chief int REFERENCES posts (id) ON DELETE SET NULL;',
    up: `ALTER TABLE users DROP CONSTRAINT users_chief_fkey; UPDATE users SET chief = 0 WHERE chief IS NULL;
      ALTER TABLE users ALTER chief SET NOT NULL;`,
    incomplete: ['values of public.users (chief) were overwritten (line 1)'],
  },
  {
    title: 'a short text that becomes a required moment, and a fill that is longer as text',
    setup: 'ALTER TABLE posts ADD due varchar(20);',
    up: `ALTER TABLE posts ALTER due TYPE timestamp(3) USING (due::timestamp(3));
      UPDATE posts SET due = date '2026-01-15' WHERE due IS NULL; ALTER TABLE posts ALTER due SET NOT NULL;`,
    incomplete: [
      'values of public.posts.due were converted and may have lost something',
      'public.posts.due held at most 20 characters: a longer value stops it',
      'values of public.posts (due) were overwritten (line 2)',
    ],
  },
  {
    title: 'a text that becomes an enum, which gets another value',
    up: `ALTER TABLE users ALTER name TYPE "Role"[] USING (CASE WHEN name = 'USER' THEN ARRAY['USER'::"Role"] END);
      ALTER TYPE "Role" ADD VALUE 'BOT';`,
    incomplete: ['values of public.users.name were converted and may have lost something'],
  },
  {
    title: 'an enum that becomes a text after one of its values was renamed',
    up: `ALTER TYPE "Role" RENAME VALUE 'USER' TO 'PERSON';
      ALTER TABLE users ALTER role DROP DEFAULT, ALTER role TYPE text USING (role::text), ALTER roles DROP DEFAULT,
        ALTER roles TYPE text[] USING (roles::text[]);`,
  },
  {
    title: 'texts that become their bytes',
    setup: `ALTER TABLE users ADD nick varchar(5); UPDATE users SET nick = 'Ünï';`,
    up: `ALTER TABLE users ALTER email TYPE bytea USING (convert_to(email, 'UTF8')),
      ALTER nick TYPE bytea USING (convert_to(nick, 'UTF8'));`,
  },
  {
    title: 'texts that become an enum after one of its values was renamed, which is renamed once more',
    setup: `ALTER TABLE users ADD kind varchar(20), ADD kinds text[];
      UPDATE users SET kind = 'PERSON', kinds = '{ADMIN,PERSON}';`,
    up: `ALTER TYPE "Role" RENAME VALUE 'USER' TO 'PERSON';
      ALTER TABLE users ALTER kind TYPE "Role" USING (kind::"Role"), ALTER kinds TYPE "Role"[] USING (kinds::"Role"[]);
      ALTER TYPE "Role" RENAME VALUE 'PERSON' TO 'HUMAN';`,
  },
  {
    title: 'a text that becomes an enum whose value was renamed before, and which gets another value',
    setup: `ALTER TABLE users ADD kind varchar(20) NOT NULL DEFAULT 'PERSON';`,
    up: `ALTER TYPE "Role" RENAME VALUE 'USER' TO 'PERSON'; ALTER TYPE "Role" ADD VALUE 'BOT';
      ALTER TABLE users ALTER kind DROP DEFAULT, ALTER kind TYPE "Role" USING (kind::"Role");`,
  },
  {
    title: 'an optional text that becomes a required enum, filled with a value that was renamed before',
    setup: `ALTER TABLE users ADD kind text; UPDATE users SET kind = 'PERSON' WHERE name IS NULL;`,
    up: `ALTER TYPE "Role" RENAME VALUE 'USER' TO 'PERSON';
      ALTER TABLE users ALTER kind TYPE "Role" USING (kind::"Role");
      UPDATE users SET kind = 'PERSON' WHERE kind IS NULL; ALTER TABLE users ALTER kind SET NOT NULL;`,
    incomplete: ['values of public.users (kind) were overwritten (line 3)'],
  },
  {
    title: 'an enum renamed, a value of it renamed and another taken away',
    up: `ALTER TYPE "Role" RENAME TO "Kind"; ALTER TYPE "Kind" RENAME VALUE 'USER' TO 'PERSON';
      ALTER TABLE users ALTER role DROP DEFAULT, ALTER roles DROP DEFAULT; CREATE TYPE "Kind_new" AS ENUM ('ADMIN', 'PERSON');
      ALTER TABLE users ALTER role TYPE "Kind_new" USING (CASE role::text WHEN 'GUEST' THEN 'PERSON' ELSE role::text END)::"Kind_new";
      ALTER TABLE users ALTER roles TYPE "Kind_new"[] USING (array_replace(roles::text[], 'GUEST', 'PERSON')::"Kind_new"[]);
      ALTER TYPE "Kind" RENAME TO "Kind_old"; ALTER TYPE "Kind_new" RENAME TO "Kind"; DROP TYPE "Kind_old";
      ALTER TABLE users ALTER role SET DEFAULT 'PERSON', ALTER roles SET DEFAULT '{}';`,
    incomplete: [
      'values of public.users.role were converted and may have lost something',
      'values of public.users.roles were converted and may have lost something',
    ],
  },
  {
    title: 'a number turned into bytes through text',
    up: 'ALTER TABLE posts ALTER views DROP DEFAULT, ALTER views TYPE bytea USING (views::text::bytea);',
    incomplete: ['values of public.posts.views were converted and may have lost something'],
  },
  {
    title: 'a list turned into its first element of another type',
    up: `ALTER TABLE users ALTER tags DROP DEFAULT, ALTER tags TYPE varchar(30) USING (coalesce(tags[1], '')::varchar(30));
      ALTER TABLE users ALTER email TYPE varchar(80)[] USING (ARRAY[email]::varchar(80)[]);`,
    incomplete: [
      'values of public.users.email were converted and may have lost something',
      'values of public.users.tags were converted and may have lost something',
    ],
  },
  {
    title: 'a unique column of few values dropped',
    setup: `ALTER TABLE "Audit.Log" ADD main boolean NOT NULL DEFAULT true, ADD mark "Role" DEFAULT 'USER';
      UPDATE "Audit.Log" SET main = "No" = 1, mark = NULL; ALTER TABLE "Audit.Log" ADD UNIQUE (main), ADD UNIQUE (mark);`,
    up: 'ALTER TABLE "Audit.Log" DROP main, DROP mark;',
    incomplete: [
      'values of public."Audit.Log".main are not kept',
      'public."Audit.Log".main is unique and has 2 values: more rows than that stop it',
      'values of public."Audit.Log".mark are not kept',
    ],
  },
  { title: 'a table dropped', up: 'DROP TABLE posts;', incomplete: ['rows of public.posts are not kept'] },
  { title: 'an optional column', up: 'ALTER TABLE users ADD COLUMN phone text;' },
  { title: 'a required column with a default', up: 'ALTER TABLE users ADD COLUMN active boolean NOT NULL DEFAULT true;' },
  { title: 'a list of an enum', up: `ALTER TABLE users ADD COLUMN more "Role"[] DEFAULT ARRAY['USER']::"Role"[];` },
  {
    title: 'a required column, filled, then tightened',
    up: `ALTER TABLE users ADD COLUMN slug text; UPDATE users SET slug = lower(email); ALTER TABLE users ALTER slug SET NOT NULL;`,
  },
  {
    title: 'an optional column dropped',
    up: 'ALTER TABLE users DROP COLUMN name;',
    incomplete: ['values of public.users.name are not kept'],
  },
  {
    title: 'a required column without a default dropped',
    up: 'ALTER TABLE posts DROP COLUMN title;',
    incomplete: ['values of public.posts.title are not kept'],
  },
  {
    title: 'a unique column dropped whose default is the same for every row',
    setup: `CREATE TABLE slots (id serial PRIMARY KEY, made timestamp(3) NOT NULL DEFAULT CURRENT_TIMESTAMP, doc jsonb DEFAULT '{}');
      INSERT INTO slots (made, doc) VALUES ('2000-01-01', '1'), ('2000-01-02', '2');
      CREATE UNIQUE INDEX slots_made_key ON slots (made); CREATE UNIQUE INDEX slots_doc_key ON slots (doc);`,
    up: 'ALTER TABLE slots DROP made, DROP doc;',
    incomplete: ['values of public.slots.doc are not kept', 'values of public.slots.made are not kept'],
  },
  {
    title: 'a required unique column dropped',
    up: 'ALTER TABLE users DROP COLUMN email;',
    incomplete: ['values of public.users.email are not kept'],
  },
  {
    title: 'a required relation dropped',
    up: 'ALTER TABLE posts DROP CONSTRAINT posts_author_id_fkey; ALTER TABLE posts DROP COLUMN author_id;',
    incomplete: ['values of public.posts.author_id are not kept'],
  },
  { title: 'a column renamed', up: 'ALTER TABLE users RENAME COLUMN name TO "fullName";' },
  {
    title: 'a table renamed with its key, index and sequence',
    up: `ALTER TABLE posts RENAME TO "Article"; ALTER TABLE "Article" RENAME CONSTRAINT posts_pkey TO "Article_pkey";
      ALTER INDEX posts_author_id_idx RENAME TO "Article_author_id_idx"; ALTER SEQUENCE posts_id_seq RENAME TO "Article_id_seq";`,
  },
  {
    title: 'two columns that change their names with each other',
    up: `ALTER TABLE posts RENAME title TO tmp; ALTER TABLE posts RENAME views TO title; ALTER TABLE posts RENAME tmp TO views;`,
  },
  {
    title: 'a table renamed while another takes its name',
    up: 'ALTER TABLE posts RENAME TO old_posts; CREATE TABLE posts (id int PRIMARY KEY);',
  },
  { title: 'a column renamed and retyped', up: 'ALTER TABLE users RENAME age TO years; ALTER TABLE users ALTER years TYPE bigint;' },
  { title: 'an enum renamed', up: 'ALTER TYPE "Role" RENAME TO "UserRole";' },
  { title: 'an enum value renamed', up: `ALTER TYPE "Role" RENAME VALUE 'GUEST' TO 'VISITOR';` },
  { title: 'enum values added', up: `ALTER TYPE "Role" ADD VALUE 'OWNER' BEFORE 'ADMIN'; ALTER TYPE "Role" ADD VALUE 'BOT';` },
  {
    title: 'an enum value removed, as Prisma does it',
    up: `BEGIN; CREATE TYPE "Role_new" AS ENUM ('ADMIN', 'USER');
      ALTER TABLE users ALTER COLUMN role DROP DEFAULT; ALTER TABLE users ALTER COLUMN roles DROP DEFAULT;
      ALTER TABLE users ALTER COLUMN role TYPE "Role_new" USING (role::text::"Role_new");
      ALTER TABLE users ALTER COLUMN roles TYPE "Role_new"[] USING (roles::text::"Role_new"[]);
      ALTER TYPE "Role" RENAME TO "Role_old"; ALTER TYPE "Role_new" RENAME TO "Role"; DROP TYPE "Role_old";
      ALTER TABLE users ALTER COLUMN role SET DEFAULT 'USER'; ALTER TABLE users ALTER COLUMN roles SET DEFAULT '{}'; COMMIT;`,
  },
  {
    title: 'an enum value removed that was the default',
    setup: `ALTER TABLE users ALTER COLUMN role SET DEFAULT 'GUEST';`,
    up: `ALTER TABLE users ALTER role DROP DEFAULT, ALTER roles DROP DEFAULT; ALTER TYPE "Role" RENAME TO "R";
      CREATE TYPE "Role" AS ENUM ('ADMIN', 'USER');
      ALTER TABLE users ALTER role TYPE "Role" USING role::text::"Role", ALTER roles TYPE "Role"[] USING roles::text::"Role"[];
      DROP TYPE "R"; ALTER TABLE users ALTER role SET DEFAULT 'USER', ALTER roles SET DEFAULT '{}';`,
  },
  { title: 'an enum made and used', up: `CREATE TYPE "Kind" AS ENUM ('A', 'B'); ALTER TABLE posts ADD kind "Kind" NOT NULL DEFAULT 'A';` },
  {
    title: 'an enum dropped with its column',
    setup: `CREATE TYPE "Kind" AS ENUM ('A', 'B'); ALTER TABLE posts ADD kind "Kind" NOT NULL DEFAULT 'A';
      ALTER TABLE posts ALTER kind DROP DEFAULT;`,
    up: 'ALTER TABLE posts DROP kind; DROP TYPE "Kind";',
    incomplete: ['values of public.posts.kind are not kept'],
  },
  { title: 'NOT NULL added', up: 'ALTER TABLE users ALTER born SET DEFAULT now(); ALTER TABLE posts ALTER views SET NOT NULL;' },
  {
    title: 'rows inserted with their keys',
    up: `INSERT INTO users (id, email) VALUES (100, 'a@x'), (101, 'b''x'); INSERT INTO posts (id, author_id, title) VALUES (50, 100, 'x');
      INSERT INTO "Audit.Log" ("tenant", "a""b", "No") VALUES (7, 'x', 1), (7, 'x', '2'::integer);`,
  },
  {
    title: 'rows inserted that nobody can tell from others',
    up: `INSERT INTO users (email) SELECT 'x' || generate_series(1, 2); INSERT INTO posts (id, author_id, title) VALUES (60 + 1, 1, 'x');
      INSERT INTO "Audit.Log" VALUES (9, 9, 'x', NULL);`,
    incomplete: [
      'rows were inserted into public.users and stay (line 1)',
      'rows were inserted into public.posts and stay (line 1)',
      'rows were inserted into public."Audit.Log" and stay (line 2)',
    ],
    once: true,
  },
  {
    title: 'rows changed',
    up: `UPDATE users SET age = 0; INSERT INTO posts (author_id, title) VALUES (1, 'x'); DELETE FROM "Audit.Log";`,
    incomplete: [
      'values of public.users (age) were overwritten (line 1)',
      'rows were inserted into public.posts and stay (line 1)',
      'rows of public."Audit.Log" were deleted (line 1)',
    ],
  },
  { title: 'NOT NULL dropped', up: 'ALTER TABLE users ALTER email DROP NOT NULL;' },
  { title: 'a default set, changed and dropped', up: `ALTER TABLE users ALTER name SET DEFAULT 'x', ALTER balance SET DEFAULT 5, ALTER role DROP DEFAULT;` },
  {
    title: 'a value of an enum renamed and another one taken away',
    up: `ALTER TYPE "Role" RENAME VALUE 'ADMIN' TO 'OWNER'; CREATE TYPE "Role_new" AS ENUM ('OWNER', 'USER');
      ALTER TABLE users ALTER role DROP DEFAULT, ALTER roles DROP DEFAULT, ALTER role TYPE "Role_new" USING role::text::"Role_new",
        ALTER roles TYPE "Role_new"[] USING roles::text[]::"Role_new"[];
      ALTER TYPE "Role" RENAME TO "Role_old"; ALTER TYPE "Role_new" RENAME TO "Role"; DROP TYPE "Role_old";
      ALTER TABLE users ALTER role SET DEFAULT 'USER', ALTER roles SET DEFAULT '{}';`,
  },
  { title: 'a unique index', up: 'CREATE UNIQUE INDEX posts_title_key ON posts (title);' },
  { title: 'a unique index dropped', up: 'DROP INDEX users_email_key;' },
  { title: 'an index built concurrently', up: 'CREATE INDEX CONCURRENTLY "posts_views_idx" ON "posts" ("views" DESC);' },
  { title: 'an index dropped concurrently', up: 'DROP INDEX CONCURRENTLY "posts_author_id_idx";' },
  {
    title: 'a relation with another action',
    up: `ALTER TABLE posts DROP CONSTRAINT posts_author_id_fkey;
      ALTER TABLE posts ADD CONSTRAINT posts_author_id_fkey FOREIGN KEY (author_id) REFERENCES users (id) ON DELETE CASCADE;`,
  },
  {
    title: 'another primary key',
    up: `ALTER TABLE "Audit.Log" DROP CONSTRAINT "Audit.Log_pkey"; ALTER TABLE "Audit.Log" ADD CONSTRAINT "Audit.Log_pkey" PRIMARY KEY ("No");`,
  },
  { title: 'integer to bigint', up: 'ALTER TABLE users ALTER age TYPE bigint;' },
  { title: 'bigint to integer', setup: 'ALTER TABLE users ALTER age TYPE bigint;', up: 'ALTER TABLE users ALTER age TYPE integer;' },
  { title: 'more digits', up: 'ALTER TABLE users ALTER balance TYPE numeric(20,6);' },
  {
    title: 'fewer digits',
    up: 'ALTER TABLE users ALTER score TYPE integer;',
    incomplete: ['values of public.users.score were converted and may have lost something'],
  },
  {
    title: 'text to an enum and an enum to text',
    setup: `ALTER TABLE users ADD mood text DEFAULT 'USER';`,
    up: `ALTER TABLE users ALTER mood DROP DEFAULT, ALTER mood TYPE "Role" USING mood::"Role", ALTER mood SET DEFAULT 'USER';
      ALTER TABLE users ALTER role DROP DEFAULT, ALTER role TYPE text;`,
  },
  {
    title: 'a single value to a list',
    up: 'ALTER TABLE users ALTER name TYPE text[] USING ARRAY[name];',
    incomplete: ['values of public.users.name were converted and may have lost something'],
  },
  { title: 'local time to a time with a zone', up: `ALTER TABLE users ALTER born TYPE timestamptz(3) USING born AT TIME ZONE 'UTC';` },
  {
    title: 'an expression as the new value',
    up: `ALTER TABLE users ALTER name TYPE integer USING length(name);`,
    incomplete: ['values of public.users.name were converted and may have lost something'],
  },
  {
    title: 'a column dropped and made anew with another type',
    up: `ALTER TABLE posts DROP COLUMN title, ADD COLUMN title uuid NOT NULL DEFAULT gen_random_uuid();`,
    incomplete: ['values of public.posts.title are not kept'],
  },
  { title: 'a sequence given to a column', up: `CREATE SEQUENCE age_seq; ALTER TABLE users ALTER age SET DEFAULT nextval('age_seq'); ALTER SEQUENCE age_seq OWNED BY users.age;` },
  { title: 'a sequence taken from a column', up: 'ALTER TABLE posts ALTER id DROP DEFAULT; DROP SEQUENCE posts_id_seq;' },
  { title: 'an identity', up: 'ALTER TABLE posts ALTER views DROP DEFAULT, ALTER views ADD GENERATED BY DEFAULT AS IDENTITY;' },
  { title: 'a schema and a table in it', up: 'CREATE SCHEMA billing; CREATE TABLE billing.invoices (id uuid PRIMARY KEY);' },
  {
    title: 'a table moved to another schema',
    up: `CREATE SCHEMA blog; ALTER TABLE posts SET SCHEMA blog; ALTER TABLE blog.posts RENAME title TO headline;
      ALTER INDEX blog.posts_author_id_idx RENAME TO by_author;`,
  },
  { title: 'a schema renamed', setup: 'CREATE SCHEMA blog; CREATE TABLE blog.t (id int);', up: 'ALTER SCHEMA blog RENAME TO "News"; ALTER TABLE "News".t RENAME TO u; ALTER TABLE "News".u ADD x int;' },
  { title: 'names with capitals, dots, quotes and emoji', up: `ALTER TABLE "Audit.Log" RENAME "🦆" TO "du.ck"; ALTER TABLE "Audit.Log" ADD "x""y" int; ALTER TABLE "Audit.Log" RENAME TO "Ta""ble.";` },
]
