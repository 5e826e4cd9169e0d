WITH "t13" AS (
  SELECT
    "t5"."activity_id",
    "t5"."facility_id",
    "t5"."item",
    "t5"."start",
    "t5"."end",
    "t5"."quantity",
    "t5"."unit",
    "t5"."basis",
    "t5"."source",
    "t5"."note",
    "t5"."meter_id",
    "t5"."use",
    "t5"."replaces",
    "t5"."posted_at",
    "t6"."first_fy",
    "t6"."last_fy",
    "t6"."moment"
  FROM "activity" AS "t5"
  CROSS JOIN "scope" AS "t6"
)
SELECT
  "t26"."facility_id",
  "t26"."item",
  "t26"."supplier",
  "t26"."menu",
  "t26"."use",
  "t26"."unit",
  "t26"."basis",
  "t26"."fiscal_year",
  "t26"."month",
  "t26"."supply_share",
  "t26"."apportionment_share",
  "t26"."period_share",
  SUM("t26"."quantity") AS "quantity",
  COUNT(*) AS "rows",
  SUM(CAST(CAST("t26"."quantity" IS NULL AS INT) AS BIGINT)) AS "missing"
FROM (
  SELECT
    "t25"."activity_id",
    "t25"."start",
    "t25"."end",
    "t25"."quantity",
    "t25"."source",
    "t25"."note",
    "t25"."meter_id",
    COALESCE("t25"."to_facility_id", "t25"."facility_id") AS "facility_id",
    "t25"."item",
    "t25"."supplier",
    "t25"."menu",
    COALESCE("t25"."use", '') AS "use",
    "t25"."unit",
    "t25"."basis",
    "t25"."fiscal_year",
    "t25"."month",
    "t25"."supply_share",
    COALESCE("t25"."apportionment_share", '1') AS "apportionment_share",
    "t25"."period_share"
  FROM (
    SELECT
      "t24"."activity_id",
      "t24"."facility_id",
      "t24"."item",
      "t24"."start",
      "t24"."end",
      "t24"."quantity",
      "t24"."unit",
      "t24"."basis",
      "t24"."source",
      "t24"."note",
      "t24"."meter_id",
      "t24"."use",
      "t24"."replaces",
      "t24"."posted_at",
      "t24"."first_fy",
      "t24"."last_fy",
      "t24"."moment",
      "t24"."portion_start",
      "t24"."portion_end",
      "t24"."fiscal_year",
      "t24"."month",
      "t24"."last_day",
      "t24"."period_share",
      "t24"."s_facility",
      "t24"."s_item",
      "t24"."s_meter",
      "t24"."supplier",
      "t24"."menu",
      "t24"."supply_share",
      "t24"."s_from",
      "t24"."s_to",
      "t10"."a_facility",
      "t10"."a_item",
      "t10"."a_meter",
      "t10"."to_facility_id",
      "t10"."apportionment_share",
      "t10"."a_from",
      "t10"."a_to"
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
        "t22"."portion_start",
        "t22"."portion_end",
        "t22"."fiscal_year",
        "t22"."month",
        "t22"."last_day",
        "t22"."period_share",
        "t22"."s_facility",
        "t22"."s_item",
        "t22"."s_meter",
        COALESCE("t22"."supplier", '') AS "supplier",
        COALESCE("t22"."menu", '') AS "menu",
        COALESCE("t22"."supply_share", '1') AS "supply_share",
        "t22"."s_from",
        "t22"."s_to"
      FROM (
        SELECT
          "t21"."activity_id",
          "t21"."facility_id",
          "t21"."item",
          "t21"."start",
          "t21"."end",
          "t21"."quantity",
          "t21"."unit",
          "t21"."basis",
          "t21"."source",
          "t21"."note",
          "t21"."meter_id",
          "t21"."use",
          "t21"."replaces",
          "t21"."posted_at",
          "t21"."first_fy",
          "t21"."last_fy",
          "t21"."moment",
          "t21"."portion_start",
          "t21"."portion_end",
          "t21"."fiscal_year",
          "t21"."month",
          "t21"."last_day",
          "t21"."period_share",
          "t11"."s_facility",
          "t11"."s_item",
          "t11"."s_meter",
          "t11"."supplier",
          "t11"."menu",
          "t11"."supply_share",
          "t11"."s_from",
          "t11"."s_to"
        FROM (
          SELECT
            *
          FROM (
            SELECT
              "t17"."activity_id",
              "t17"."facility_id",
              "t17"."item",
              "t17"."start",
              "t17"."end",
              "t17"."quantity",
              "t17"."unit",
              "t17"."basis",
              "t17"."source",
              "t17"."note",
              "t17"."meter_id",
              "t17"."use",
              "t17"."replaces",
              "t17"."posted_at",
              "t17"."first_fy",
              "t17"."last_fy",
              "t17"."moment",
              "t12"."portion_start",
              "t12"."portion_end",
              "t12"."fiscal_year",
              "t12"."month",
              "t12"."last_day",
              "t12"."period_share"
            FROM (
              SELECT
                *
              FROM "t13" AS "t14"
              WHERE
                (
                  "t14"."posted_at" IS NULL
                ) OR (
                  "t14"."posted_at" <= "t14"."moment"
                )
            ) AS "t17"
            INNER JOIN (
              SELECT
                "t2"."start" AS "portion_start",
                "t2"."end" AS "portion_end",
                "t2"."fiscal_year",
                "t2"."month",
                "t2"."last_day",
                "t2"."share" AS "period_share"
              FROM "portions" AS "t2"
            ) AS "t12"
              ON "t17"."start" = "t12"."portion_start" AND "t17"."end" = "t12"."portion_end"
            WHERE
              NOT EXISTS(
                SELECT
                  1
                FROM (
                  SELECT
                    "t14"."replaces" AS "replaced_id"
                  FROM "t13" AS "t14"
                  WHERE
                    (
                      (
                        "t14"."posted_at" IS NULL
                      ) OR (
                        "t14"."posted_at" <= "t14"."moment"
                      )
                    )
                    AND "t14"."replaces" IS NOT NULL
                ) AS "t18"
                WHERE
                  "t17"."activity_id" = "t18"."replaced_id"
              )
          ) AS "t19"
          WHERE
            "t19"."fiscal_year" >= "t19"."first_fy"
            AND "t19"."fiscal_year" <= "t19"."last_fy"
        ) AS "t21"
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
        ) AS "t11"
          ON "t21"."facility_id" = "t11"."s_facility"
          AND "t21"."item" = "t11"."s_item"
          AND "t11"."s_from" <= "t21"."last_day"
          AND "t21"."last_day" < "t11"."s_to"
          AND (
            (
              "t11"."s_meter" = ''
            )
            OR (
              "t11"."s_meter" = COALESCE("t21"."meter_id", '')
            )
          )
      ) AS "t22"
    ) AS "t24"
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
    ) AS "t10"
      ON "t24"."facility_id" = "t10"."a_facility"
      AND "t24"."item" = "t10"."a_item"
      AND "t10"."a_from" <= "t24"."last_day"
      AND "t24"."last_day" < "t10"."a_to"
      AND (
        (
          "t10"."a_meter" = ''
        )
        OR (
          "t10"."a_meter" = COALESCE("t24"."meter_id", '')
        )
      )
  ) AS "t25"
) AS "t26"
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
