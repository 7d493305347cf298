-- CreateTable
CREATE TABLE "suspended_index" (
    "name" TEXT NOT NULL,
    "definition" TEXT NOT NULL,

    CONSTRAINT "suspended_index_pkey" PRIMARY KEY ("name")
);
