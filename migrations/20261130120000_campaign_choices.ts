// Why: campaigns learn to wait for somebody to undo or approve them, to be spread over hours, to hold customers out and to
// compare two messages; audiences remember the rule they were made from. Old workers must be down: they would send a
// campaign that compares two messages as if there were one.
import type { Knex } from 'knex'

const OPTIONS = 'ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_520_ci'
const NAME = 'CHARACTER SET ascii COLLATE ascii_bin'

const COLUMNS: readonly (readonly [table: string, column: string, type: string])[] = [
  // sends of more recipients need a second person; null needs none
  ['settings', 'approval_above', 'INT UNSIGNED NULL'],
  // nothing of it is prepared before: until then it can be taken back at no cost
  ['campaigns', 'undo_until', 'DATETIME(3) NULL'],
  // over how many minutes the messages are spread
  ['campaigns', 'spread_minutes', 'INT UNSIGNED NULL'],
  // decides by hash who is held out and who is in which part of a comparison
  ['campaigns', 'seed', `VARCHAR(32) ${NAME} NOT NULL DEFAULT ''`],
  // how many of a hundred recipients get nothing, to compare with
  ['campaigns', 'holdout', 'TINYINT UNSIGNED NOT NULL DEFAULT 0'],
  // {"share": 20, "decide": "clicks", "after_minutes": 240}
  ['campaigns', 'ab_test', 'JSON NULL'],
  // how many recipients each message had, fixed with the audience: {"a": 100, "b": 100}
  ['campaigns', 'ab_sizes', 'JSON NULL'],
  // when the clicks decide; set once the compared messages are out
  ['campaigns', 'ab_decide_at', 'DATETIME(3) NULL'],
  ['campaigns', 'ab_winner', `CHAR(1) ${NAME} NULL`],
  // what the decision was made from: {"a": {"opened": 3, "clicked": 1}, "b": …}
  ['campaigns', 'ab_result', 'JSON NULL'],
  ['campaigns', 'ab_decided_at', 'DATETIME(3) NULL'],
  // null when the clicks decided
  ['campaigns', 'ab_decided_by', 'VARCHAR(320) NULL'],
  // when it was cancelled: how many messages a mail server was just being given
  ['campaigns', 'not_stopped', 'INT UNSIGNED NULL'],
  // who would get it, as last counted before the audience is frozen: {"total": 37, "left_out": {"bounced": 1}}
  ['campaigns', 'expected', 'JSON NULL'],
  ['campaigns', 'expected_at', 'DATETIME(3) NULL'],
  ['campaigns', 'edited_by', 'VARCHAR(320) NULL'],
  ['campaigns', 'edited_at', 'DATETIME(3) NULL'],
  ['campaigns', 'approved_by', 'VARCHAR(320) NULL'],
  ['campaigns', 'approved_at', 'DATETIME(3) NULL'],
  // what was approved: the hash of the content and of whom it goes to
  ['campaigns', 'approved_hash', 'BINARY(32) NULL'],
  // which of two messages; null where there is one, and for those who wait for the winner
  ['deliveries', 'variant', `CHAR(1) ${NAME} NULL`],
  // the segment's rule as it was when the audience was frozen
  ['audiences', 'rule', 'JSON NULL'],
  ['audiences', 'rule_version', 'INT UNSIGNED NULL'],
  ['audiences', 'segment_key', `VARCHAR(64) ${NAME} NULL`],
  ['audiences', 'segment_name', 'VARCHAR(200) NULL'],
  // how many were taken out of it by hand
  ['audiences', 'removed', 'INT UNSIGNED NOT NULL DEFAULT 0'],
  ['audience_contacts', 'removed_at', 'DATETIME(3) NULL'],
  ['audience_contacts', 'removed_by', 'VARCHAR(320) NULL'],
]

export async function up(db: Knex): Promise<void> {
  await db.raw(`ALTER TABLE campaigns MODIFY COLUMN state VARCHAR(20) ${NAME} NOT NULL`)
  for (const table of new Set(COLUMNS.map(([name]) => name))) {
    const added = COLUMNS.filter(([name]) => name === table).map(([, column, type]) => `ADD COLUMN ${column} ${type}`)
    await db.raw(`ALTER TABLE ${table} ${added.join(', ')}`)
  }

  // The second message of a campaign that compares two; the first is the campaign's own.
  await db.raw(`
    CREATE TABLE campaign_variants (
      campaign_id BIGINT UNSIGNED NOT NULL,
      variant CHAR(1) ${NAME} NOT NULL,
      subject VARCHAR(998) NOT NULL,
      document JSON NOT NULL,
      html MEDIUMTEXT NOT NULL,
      text MEDIUMTEXT NOT NULL,
      -- where its links begin among those of the campaign
      first_link SMALLINT UNSIGNED NOT NULL,
      PRIMARY KEY (campaign_id, variant),
      CONSTRAINT campaign_variants_campaign FOREIGN KEY (campaign_id) REFERENCES campaigns (id) ON DELETE CASCADE
    ) ${OPTIONS}`)

  // Who did what to a campaign, and when: made, edited, approved, paused, …
  await db.raw(`
    CREATE TABLE campaign_acts (
      id BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
      campaign_id BIGINT UNSIGNED NOT NULL,
      act VARCHAR(20) ${NAME} NOT NULL,
      at DATETIME(3) NOT NULL,
      -- the address of a person, the name of an API key; null for what came by itself
      acted_by VARCHAR(320) NULL,
      detail JSON NULL,
      -- the acts of a campaign in order
      KEY campaign_acts_campaign (campaign_id, id),
      CONSTRAINT campaign_acts_campaign FOREIGN KEY (campaign_id) REFERENCES campaigns (id) ON DELETE CASCADE
    ) ${OPTIONS}`)
}

/** What of it is there: a process may have been killed over it. */
export async function down(db: Knex): Promise<void> {
  for (const table of ['campaign_acts', 'campaign_variants']) await db.schema.dropTableIfExists(table)
  for (const [table, column] of COLUMNS) {
    if (await db.schema.hasColumn(table, column)) await db.raw(`ALTER TABLE ${table} DROP COLUMN ${column}`)
  }
  await db.raw("DELETE FROM campaigns WHERE state = 'awaiting_approval'")
  await db.raw(`ALTER TABLE campaigns MODIFY COLUMN state VARCHAR(10) ${NAME} NOT NULL`)
}
