WITH "t10" AS (
  SELECT
    "t4"."activity_id",
    "t4"."facility_id",
    "t4"."item",
    "t4"."start",
    "t4"."end",
    "t4"."quantity",
    "t4"."unit",
    "t4"."basis",
    "t4"."source",
    "t4"."note",
    "t4"."meter_id",
    "t4"."use",
    "t4"."replaces",
    "t4"."posted_at",
    "t5"."first_fy",
    "t5"."last_fy",
    "t5"."moment"
  FROM "activity" AS "t4"
  CROSS JOIN "scope" AS "t5"
)
SELECT
  "t24"."facility_id",
  "t24"."item",
  "t24"."supplier",
  "t24"."menu",
  "t24"."use",
  "t24"."unit",
  "t24"."basis",
  "t24"."fiscal_year",
  "t24"."month",
  "t24"."supply_share",
  "t24"."apportionment_share",
  "t24"."period_share",
  SUM("t24"."quantity") AS "quantity",
  COUNT(*) AS "rows",
  SUM(CAST("t24"."quantity" IS NULL AS INT)) AS "missing"
FROM (
  SELECT
    "t23"."activity_id",
    "t23"."start",
    "t23"."end",
    "t23"."quantity",
    "t23"."source",
    "t23"."note",
    "t23"."meter_id",
    COALESCE("t23"."to_facility_id", "t23"."facility_id") AS "facility_id",
    "t23"."item",
    "t23"."supplier",
    "t23"."menu",
    COALESCE("t23"."use", '') AS "use",
    "t23"."unit",
    "t23"."basis",
    "t23"."fiscal_year",
    CAST(NULL AS INT) AS "month",
    "t23"."supply_share",
    COALESCE("t23"."apportionment_share", '1') AS "apportionment_share",
    "t23"."period_share"
  FROM (
    SELECT
      "t22"."activity_id",
      "t22"."facility_id",
      "t22"."item",
      "t22"."start",
      "t22"."end",
      "t22"."quantity",
      "t22"."unit",
      "t22"."basis",
      "t22"."source",
      "t22"."note",
      "t22"."meter_id",
      "t22"."use",
      "t22"."replaces",
      "t22"."posted_at",
      "t22"."first_fy",
      "t22"."last_fy",
      "t22"."moment",
      "t22"."last_day",
      "t22"."fiscal_year",
      "t22"."month",
      "t22"."period_share",
      "t22"."s_facility",
      "t22"."s_item",
      "t22"."s_meter",
      "t22"."supplier",
      "t22"."menu",
      "t22"."supply_share",
      "t22"."s_from",
      "t22"."s_to",
      "t8"."a_facility",
      "t8"."a_item",
      "t8"."a_meter",
      "t8"."to_facility_id",
      "t8"."apportionment_share",
      "t8"."a_from",
      "t8"."a_to"
    FROM (
      SELECT
        "t20"."activity_id",
        "t20"."facility_id",
        "t20"."item",
        "t20"."start",
        "t20"."end",
        "t20"."quantity",
        "t20"."unit",
        "t20"."basis",
        "t20"."source",
        "t20"."note",
        "t20"."meter_id",
        "t20"."use",
        "t20"."replaces",
        "t20"."posted_at",
        "t20"."first_fy",
        "t20"."last_fy",
        "t20"."moment",
        "t20"."last_day",
        "t20"."fiscal_year",
        "t20"."month",
        "t20"."period_share",
        "t20"."s_facility",
        "t20"."s_item",
        "t20"."s_meter",
        COALESCE("t20"."supplier", '') AS "supplier",
        COALESCE("t20"."menu", '') AS "menu",
        COALESCE("t20"."supply_share", '1') AS "supply_share",
        "t20"."s_from",
        "t20"."s_to"
      FROM (
        SELECT
          "t19"."activity_id",
          "t19"."facility_id",
          "t19"."item",
          "t19"."start",
          "t19"."end",
          "t19"."quantity",
          "t19"."unit",
          "t19"."basis",
          "t19"."source",
          "t19"."note",
          "t19"."meter_id",
          "t19"."use",
          "t19"."replaces",
          "t19"."posted_at",
          "t19"."first_fy",
          "t19"."last_fy",
          "t19"."moment",
          "t19"."last_day",
          "t19"."fiscal_year",
          "t19"."month",
          "t19"."period_share",
          "t9"."s_facility",
          "t9"."s_item",
          "t9"."s_meter",
          "t9"."supplier",
          "t9"."menu",
          "t9"."supply_share",
          "t9"."s_from",
          "t9"."s_to"
        FROM (
          SELECT
            *
          FROM (
            SELECT
              "t16"."activity_id",
              "t16"."facility_id",
              "t16"."item",
              "t16"."start",
              "t16"."end",
              "t16"."quantity",
              "t16"."unit",
              "t16"."basis",
              "t16"."source",
              "t16"."note",
              "t16"."meter_id",
              "t16"."use",
              "t16"."replaces",
              "t16"."posted_at",
              "t16"."first_fy",
              "t16"."last_fy",
              "t16"."moment",
              "t16"."end" - INTERVAL '1' DAY AS "last_day",
              CAST(year("t16"."end" - INTERVAL '1' DAY) - CAST(month("t16"."end" - INTERVAL '1' DAY) < 4 AS INT) AS INT) AS "fiscal_year",
              CASE
                WHEN DATE_DIFF('DAY', "t16"."start", "t16"."end") > 70
                THEN CAST(NULL AS INT)
                ELSE CAST((
                  (
                    year("t16"."end" - INTERVAL '1' DAY) * 12
                  ) + month("t16"."end" - INTERVAL '1' DAY)
                ) - 1 AS INT)
              END AS "month",
              '1' AS "period_share"
            FROM (
              SELECT
                "t14"."activity_id",
                "t14"."facility_id",
                "t14"."item",
                "t14"."start",
                "t14"."end",
                "t14"."quantity",
                "t14"."unit",
                "t14"."basis",
                "t14"."source",
                "t14"."note",
                "t14"."meter_id",
                "t14"."use",
                "t14"."replaces",
                "t14"."posted_at",
                "t14"."first_fy",
                "t14"."last_fy",
                "t14"."moment"
              FROM (
                SELECT
                  *
                FROM "t10" AS "t11"
                WHERE
                  (
                    "t11"."posted_at" IS NULL
                  ) OR (
                    "t11"."posted_at" <= "t11"."moment"
                  )
              ) AS "t14"
              ANTI JOIN (
                SELECT
                  "t11"."replaces" AS "replaced_id"
                FROM "t10" AS "t11"
                WHERE
                  (
                    (
                      "t11"."posted_at" IS NULL
                    ) OR (
                      "t11"."posted_at" <= "t11"."moment"
                    )
                  )
                  AND "t11"."replaces" IS NOT NULL
              ) AS "t15"
                ON "t14"."activity_id" = "t15"."replaced_id"
            ) AS "t16"
          ) AS "t17"
          WHERE
            "t17"."fiscal_year" >= "t17"."first_fy"
            AND "t17"."fiscal_year" <= "t17"."last_fy"
        ) AS "t19"
        LEFT OUTER JOIN (
          SELECT
            "t1"."facility_id" AS "s_facility",
            "t1"."item" AS "s_item",
            "t1"."meter_id" AS "s_meter",
            "t1"."supplier",
            "t1"."menu",
            "t1"."share" AS "supply_share",
            "t1"."valid_from" AS "s_from",
            "t1"."valid_to" AS "s_to"
          FROM "supplies" AS "t1"
        ) AS "t9"
          ON "t19"."facility_id" = "t9"."s_facility"
          AND "t19"."item" = "t9"."s_item"
          AND "t9"."s_from" <= "t19"."last_day"
          AND "t19"."last_day" < "t9"."s_to"
          AND (
            (
              "t9"."s_meter" = ''
            )
            OR (
              "t9"."s_meter" = COALESCE("t19"."meter_id", '')
            )
          )
      ) AS "t20"
    ) AS "t22"
    LEFT OUTER JOIN (
      SELECT
        "t0"."facility_id" AS "a_facility",
        "t0"."item" AS "a_item",
        "t0"."meter_id" AS "a_meter",
        "t0"."to_facility_id",
        "t0"."share" AS "apportionment_share",
        "t0"."valid_from" AS "a_from",
        "t0"."valid_to" AS "a_to"
      FROM "apportionments" AS "t0"
    ) AS "t8"
      ON "t22"."facility_id" = "t8"."a_facility"
      AND "t22"."item" = "t8"."a_item"
      AND "t8"."a_from" <= "t22"."last_day"
      AND "t22"."last_day" < "t8"."a_to"
      AND (
        (
          "t8"."a_meter" = ''
        )
        OR (
          "t8"."a_meter" = COALESCE("t22"."meter_id", '')
        )
      )
  ) AS "t23"
) AS "t24"
GROUP BY
  1,
  2,
  3,
  4,
  5,
  6,
  7,
  8,
  9,
  10,
  11,
  12
