/** Rows as they are after `20260211151500_payments_and_deliveries`: before the renames, the casts and the fills. */
export const rowsInTheMiddle = `
INSERT INTO organisations (id, name, slug, fax, country_code, plan_code, updated_at) VALUES
  ('00000000-0000-0000-0000-000000000001', 'Birch & Sons', 'birch', '+44 20 7946 0101', NULL, 'team', '2026-02-12'),
  ('00000000-0000-0000-0000-000000000002', 'Aalto Oy', 'aalto', NULL, 'SE', 'free', '2026-02-12'),
  ('00000000-0000-0000-0000-000000000003', 'Nowhere Ltd', 'nowhere', NULL, NULL, 'free', '2026-02-12');
INSERT INTO users (id, email, name, birth_date) VALUES
  ('00000000-0000-0000-0000-00000000000a', 'ada@example.org', 'Ada Birch', '1990-02-28');
INSERT INTO memberships (organisation_id, user_id, role) VALUES
  ('00000000-0000-0000-0000-000000000001', '00000000-0000-0000-0000-00000000000a', 'OWNER');
INSERT INTO addresses (organisation_id, kind, recipient, street, postal_code, city, country_code, is_default) VALUES
  ('00000000-0000-0000-0000-000000000001', 'BILLING', 'Birch & Sons', '1 Quay Road', 'D01', 'Dublin', 'IE', false),
  ('00000000-0000-0000-0000-000000000001', 'SHIPPING', 'Birch & Sons', '2 Rue du Port', '76600', 'Le Havre', 'FR', true);
INSERT INTO categories (name, slug, parent_id) VALUES ('Office', 'office', NULL), ('Paper', 'paper', 1);
INSERT INTO products (sku, name, price_cents, tags) VALUES
  ('A4-500', 'Copy paper', 1995, 'paper,a4'),
  ('PEN-1', 'Pen', 50, '');
INSERT INTO product_categories VALUES (1, 2), (2, 1);
INSERT INTO orders (number, organisation_id, placed_by_id, status, currency_code, placed_at, updated_at) VALUES
  ('2026-000001', '00000000-0000-0000-0000-000000000001', '00000000-0000-0000-0000-00000000000a', 'SHIPPED', 'EUR',
   '2026-02-12 09:30+00', '2026-02-12'),
  ('2026-000002', '00000000-0000-0000-0000-000000000002', NULL, 'ON_HOLD', 'SEK', NULL, '2026-02-12');
INSERT INTO order_lines (order_id, position, product_id, quantity, unit_price, discount_percent) VALUES
  (1, 1, 1, 10, 1995, 5), (1, 2, 2, 100, 33, 0), (2, 1, 1, 1, 22999, 0);
INSERT INTO payments (order_id, method, status, amount, provider_response) VALUES
  (1, 'CARD', 'CAPTURED', 222.53, '{"fee": 1.2}');
INSERT INTO deliveries (order_id, carrier, tracking_number, shipped_at) VALUES
  (1, 'DHL', 'JD0001', '2026-02-13 08:00+00'), (1, 'DHL', NULL, NULL);
INSERT INTO delivery_lines VALUES (1, 1, 1, 10), (2, 1, 2, 100);
`

/** The migration after which they are put in. */
export const middle = '20260211151500_payments_and_deliveries'
