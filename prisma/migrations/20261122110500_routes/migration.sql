-- AlterTable
ALTER TABLE "endpoints" ADD COLUMN     "carved" JSONB;

-- AlterTable
ALTER TABLE "services" ADD COLUMN     "answered" BOOLEAN NOT NULL DEFAULT false,
ADD COLUMN     "grouping" JSONB,
ADD COLUMN     "version" BIGINT NOT NULL DEFAULT 0;

-- Whether services known so far were ever answered is not known apart: they count as answered.
UPDATE "services" SET "answered" = true;

-- CreateTable
CREATE TABLE "routes" (
    "authority" TEXT COLLATE "C" NOT NULL,
    "id" TEXT COLLATE "C" NOT NULL,
    "route" JSONB NOT NULL,

    CONSTRAINT "routes_pkey" PRIMARY KEY ("authority","id")
);

-- CreateTable
CREATE TABLE "pins" (
    "id" TEXT COLLATE "C" NOT NULL,
    "authority" TEXT COLLATE "C" NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "pin" JSONB NOT NULL,

    CONSTRAINT "pins_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "redirects" (
    "id" TEXT COLLATE "C" NOT NULL,
    "authority" TEXT COLLATE "C" NOT NULL,
    "target" TEXT COLLATE "C" NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "method" TEXT NOT NULL,
    "path" TEXT NOT NULL,
    "owner" TEXT,

    CONSTRAINT "redirects_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "services_answered_idx" ON "services"("answered");

-- CreateIndex
CREATE INDEX "pins_authority_created_at_id_idx" ON "pins"("authority", "created_at", "id");

-- CreateIndex
CREATE INDEX "redirects_target_id_idx" ON "redirects"("target", "id");
