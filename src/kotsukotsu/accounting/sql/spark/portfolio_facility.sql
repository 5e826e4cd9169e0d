SELECT
  `t1`.`facility_id`,
  `t1`.`item`,
  `t1`.`supplier`,
  `t1`.`menu`,
  `t1`.`use`,
  `t1`.`unit`,
  `t1`.`fiscal_year`,
  SUM(`t1`.`quantity`) AS `quantity`,
  COUNT(*) - COUNT(`t1`.`quantity`) AS `missing`
FROM (
  SELECT
    `t0`.`municipality`,
    `t0`.`facility_id`,
    `t0`.`item`,
    `t0`.`supplier`,
    `t0`.`menu`,
    `t0`.`use`,
    `t0`.`unit`,
    `t0`.`day`,
    `t0`.`quantity`,
    CAST(EXTRACT(year FROM `t0`.`day`) - CAST(EXTRACT(month FROM `t0`.`day`) < 4 AS INT) AS INT) AS `fiscal_year`
  FROM `supplied` AS `t0`
) AS `t1`
GROUP BY
  1,
  2,
  3,
  4,
  5,
  6,
  7
