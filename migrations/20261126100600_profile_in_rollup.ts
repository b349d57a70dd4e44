// Why: a preview of a rule about a million customers joined each of them with the row of their relationship. What of the
// profile rules ask for stands in that row, too, so they read one table. Old workers may still be up: they leave these
// columns as they are, and every change of a customer since then is marked for the refresh of a new one.
import type { Knex } from 'knex'

const ASCII = 'CHARACTER SET ascii COLLATE ascii_bin'
const COLUMNS = {
  known: 'BOOLEAN NOT NULL DEFAULT FALSE',
  birthdate: 'DATE NULL',
  gender: `VARCHAR(10) ${ASCII} NULL`,
  language: `VARCHAR(10) ${ASCII} NULL`,
  country: `VARCHAR(2) ${ASCII} NULL`,
  customer_group: 'VARCHAR(100) NULL',
  aggregator: 'VARCHAR(100) NULL',
  joined_at: 'DATETIME(3) NULL',
  joined_on: 'DATE NULL',
  status: `VARCHAR(10) ${ASCII} NULL`,
}

export async function up(db: Knex): Promise<void> {
  const added = Object.entries(COLUMNS).map(([name, type]) => `ADD COLUMN ${name} ${type}`)
  await db.raw(`ALTER TABLE relationships ${added.join(', ')}`)
  // only the row of the whole business has them
  const set = Object.keys(COLUMNS).map((name) => `r.${name} = c.${name}`)
  await db.raw(`
    UPDATE relationships r JOIN customers c ON c.id = r.customer_id SET ${set.join(', ')} WHERE r.provider_id = 0`)
}

export async function down(db: Knex): Promise<void> {
  for (const name of Object.keys(COLUMNS)) {
    if (await db.schema.hasColumn('relationships', name)) {
      await db.raw(`ALTER TABLE relationships DROP COLUMN ${name}`)
    }
  }
}
