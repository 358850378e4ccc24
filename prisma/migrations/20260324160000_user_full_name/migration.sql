-- tide: rename User.name:fullName

-- Rename
ALTER TABLE "users" RENAME COLUMN "name" TO "full_name";
