-- CreateTable
CREATE TABLE "said" (
    "kind" TEXT COLLATE "C" NOT NULL,
    "id" TEXT COLLATE "C" NOT NULL,
    "document" JSONB NOT NULL,

    CONSTRAINT "said_pkey" PRIMARY KEY ("kind","id")
);

-- CreateTable
CREATE TABLE "findings" (
    "id" TEXT COLLATE "C" NOT NULL,
    "endpoint_id" TEXT COLLATE "C" NOT NULL,
    "authority" TEXT COLLATE "C" NOT NULL,
    "rule" TEXT COLLATE "C" NOT NULL,
    "severity" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "changed_at" TIMESTAMPTZ(3) NOT NULL,
    "record" JSONB NOT NULL,

    CONSTRAINT "findings_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "deliveries" (
    "id" TEXT COLLATE "C" NOT NULL,
    "state" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "next_at" TIMESTAMPTZ(3) NOT NULL,
    "delivery" JSONB NOT NULL,

    CONSTRAINT "deliveries_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "findings_changed_at_id_idx" ON "findings"("changed_at", "id");

-- CreateIndex
CREATE INDEX "findings_state_changed_at_id_idx" ON "findings"("state", "changed_at", "id");

-- CreateIndex
CREATE INDEX "findings_endpoint_id_idx" ON "findings"("endpoint_id");

-- CreateIndex
CREATE INDEX "findings_authority_changed_at_id_idx" ON "findings"("authority", "changed_at", "id");

-- CreateIndex
CREATE INDEX "findings_rule_changed_at_id_idx" ON "findings"("rule", "changed_at", "id");

-- CreateIndex
CREATE INDEX "deliveries_state_next_at_id_idx" ON "deliveries"("state", "next_at", "id");

-- CreateIndex
CREATE INDEX "deliveries_created_at_id_idx" ON "deliveries"("created_at", "id");
