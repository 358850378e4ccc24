-- CreateTable
CREATE TABLE "feature_flags" (
    "key" TEXT NOT NULL,
    "description" TEXT NOT NULL,
    "is_enabled" BOOLEAN NOT NULL DEFAULT false,
    "environments" TEXT[] DEFAULT ARRAY[]::TEXT[],
    "rollout_percent" SMALLINT NOT NULL DEFAULT 0,

    CONSTRAINT "feature_flags_pkey" PRIMARY KEY ("key")
);

-- CreateTable
CREATE TABLE "organisation_feature_flags" (
    "organisation_id" UUID NOT NULL,
    "flag_key" TEXT NOT NULL,
    "is_enabled" BOOLEAN NOT NULL,

    CONSTRAINT "organisation_feature_flags_pkey" PRIMARY KEY ("organisation_id","flag_key")
);

-- AddForeignKey
ALTER TABLE "organisation_feature_flags" ADD CONSTRAINT "organisation_feature_flags_organisation_id_fkey" FOREIGN KEY ("organisation_id") REFERENCES "organisations"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "organisation_feature_flags" ADD CONSTRAINT "organisation_feature_flags_flag_key_fkey" FOREIGN KEY ("flag_key") REFERENCES "feature_flags"("key") ON DELETE CASCADE ON UPDATE CASCADE;
