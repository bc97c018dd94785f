-- CreateTable
CREATE TABLE "weekly_reports" (
    "week" TEXT COLLATE "C" NOT NULL,
    "zone" TEXT COLLATE "C" NOT NULL,
    "scope" TEXT COLLATE "C" NOT NULL,
    "closed_at" TIMESTAMPTZ(3) NOT NULL,
    "headline" JSONB NOT NULL,
    "document" TEXT NOT NULL,
    "event_ids" TEXT[],

    CONSTRAINT "weekly_reports_pkey" PRIMARY KEY ("zone","scope","week")
);
