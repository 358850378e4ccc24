-- DropTable
DROP TABLE "organisation_feature_flags";

-- DropTable
DROP TABLE "feature_flags";
