-- tide: rename User.name:fullName

-- RenameColumn
ALTER TABLE "users" RENAME COLUMN "name" TO "full_name";
