-- CreateTable
CREATE TABLE "services" (
    "authority" TEXT COLLATE "C" NOT NULL,
    "first_seen" TIMESTAMPTZ(3) NOT NULL,
    "last_seen" TIMESTAMPTZ(3) NOT NULL,
    "requests" BIGINT NOT NULL,

    CONSTRAINT "services_pkey" PRIMARY KEY ("authority")
);

-- CreateTable
CREATE TABLE "endpoints" (
    "id" TEXT COLLATE "C" NOT NULL,
    "authority" TEXT COLLATE "C" NOT NULL,
    "method" TEXT NOT NULL,
    "path" TEXT COLLATE "C" NOT NULL,
    "parameters" JSONB NOT NULL,
    "protocol" TEXT NOT NULL,
    "style" TEXT NOT NULL,
    "operation" TEXT,
    "category" TEXT NOT NULL,
    "confidence" TEXT NOT NULL,
    "standing" TEXT NOT NULL,
    "standing_reason" TEXT NOT NULL,
    "spec_ids" TEXT[],
    "ai" JSONB NOT NULL,
    "facts" JSONB,
    "owner" TEXT,
    "ai_verdict" TEXT NOT NULL,
    "auth_schemes" TEXT[],
    "data_classes" TEXT[],
    "first_seen" TIMESTAMPTZ(3) NOT NULL,
    "last_seen" TIMESTAMPTZ(3) NOT NULL,
    "requests" BIGINT NOT NULL,
    "path_order" TEXT COLLATE "C" NOT NULL,

    CONSTRAINT "endpoints_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "inventory_events" (
    "id" TEXT COLLATE "C" NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "type" TEXT NOT NULL,
    "authority" TEXT NOT NULL,
    "endpoint_id" TEXT,
    "event" JSONB NOT NULL,

    CONSTRAINT "inventory_events_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "specs" (
    "id" TEXT COLLATE "C" NOT NULL,
    "name" TEXT NOT NULL,
    "authorities" TEXT[],
    "uploaded_at" TIMESTAMPTZ(3) NOT NULL,
    "document" JSONB NOT NULL,
    "source" TEXT NOT NULL,

    CONSTRAINT "specs_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "spec_revision" (
    "id" INTEGER NOT NULL,
    "revision" INTEGER NOT NULL,

    CONSTRAINT "spec_revision_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "partition_offsets" (
    "topic" TEXT NOT NULL,
    "partition" INTEGER NOT NULL,
    "offset" BIGINT NOT NULL,

    CONSTRAINT "partition_offsets_pkey" PRIMARY KEY ("topic","partition")
);

-- CreateTable
CREATE TABLE "capture_health" (
    "collector" TEXT COLLATE "C" NOT NULL,
    "heard_from" TIMESTAMPTZ(3),
    "heard_to" TIMESTAMPTZ(3),
    "counters" JSONB NOT NULL,
    "weirds" JSONB NOT NULL,

    CONSTRAINT "capture_health_pkey" PRIMARY KEY ("collector")
);

-- CreateIndex
CREATE INDEX "endpoints_path_order_id_idx" ON "endpoints"("path_order", "id");

-- CreateIndex
CREATE INDEX "endpoints_first_seen_id_idx" ON "endpoints"("first_seen", "id");

-- CreateIndex
CREATE INDEX "endpoints_last_seen_id_idx" ON "endpoints"("last_seen", "id");

-- CreateIndex
CREATE INDEX "endpoints_requests_id_idx" ON "endpoints"("requests", "id");

-- CreateIndex
CREATE INDEX "endpoints_standing_last_seen_id_idx" ON "endpoints"("standing", "last_seen", "id");

-- CreateIndex
CREATE INDEX "endpoints_category_last_seen_id_idx" ON "endpoints"("category", "last_seen", "id");

-- CreateIndex
CREATE INDEX "endpoints_confidence_last_seen_id_idx" ON "endpoints"("confidence", "last_seen", "id");

-- CreateIndex
CREATE INDEX "endpoints_ai_verdict_last_seen_id_idx" ON "endpoints"("ai_verdict", "last_seen", "id");

-- CreateIndex
CREATE INDEX "endpoints_authority_last_seen_id_idx" ON "endpoints"("authority", "last_seen", "id");

-- CreateIndex
CREATE INDEX "endpoints_method_last_seen_id_idx" ON "endpoints"("method", "last_seen", "id");

-- CreateIndex
CREATE INDEX "endpoints_owner_last_seen_id_idx" ON "endpoints"("owner", "last_seen", "id");

-- CreateIndex
CREATE INDEX "endpoints_auth_schemes_idx" ON "endpoints" USING GIN ("auth_schemes");

-- CreateIndex
CREATE INDEX "endpoints_data_classes_idx" ON "endpoints" USING GIN ("data_classes");

-- CreateIndex
CREATE INDEX "inventory_events_at_id_idx" ON "inventory_events"("at", "id");

-- CreateIndex
CREATE INDEX "inventory_events_type_at_id_idx" ON "inventory_events"("type", "at", "id");

-- CreateIndex
CREATE INDEX "inventory_events_endpoint_id_at_id_idx" ON "inventory_events"("endpoint_id", "at", "id");

-- CreateIndex
CREATE INDEX "inventory_events_authority_at_id_idx" ON "inventory_events"("authority", "at", "id");

-- The one row that every commit reads.
INSERT INTO "spec_revision" ("id", "revision") VALUES (1, 0);
