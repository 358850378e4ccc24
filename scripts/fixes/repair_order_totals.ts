import { defineFix } from 'prisma-tide'

export const fix = defineFix({
  description: 'asks for what the lines of an order come to, where its one pending payment asks for something else',
  run: async (tx, run) => {
    const { rowCount } = await tx.query(`
      WITH totals AS (
        SELECT order_id, sum(round(quantity * unit_price * (100 - discount_percent) / 100, 2)) AS total
        FROM order_lines GROUP BY order_id)
      UPDATE payments SET amount = totals.total
      FROM totals
      WHERE payments.order_id = totals.order_id AND payments.status = 'PENDING' AND payments.amount <> totals.total
        AND NOT EXISTS (SELECT FROM payments other WHERE other.order_id = payments.order_id AND other.id <> payments.id)`)
    run.report(`${rowCount} payments`)
  },
})
