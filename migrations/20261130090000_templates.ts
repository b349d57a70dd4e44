// Why: templates with their versions and drafts, their pictures, and surveys with the answers that customers give.
// Old workers may still be up: they know none of the new tables, and what is new in old ones has defaults.
import type { Knex } from 'knex'

const OPTIONS = 'ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_520_ci'
const ASCII = 'CHARACTER SET ascii COLLATE ascii_bin'
/** Sources are kept byte for byte, and compared so. */
const EXACT = 'CHARACTER SET utf8mb4 COLLATE utf8mb4_bin'

/** What a version and a draft have in common: the message as somebody wrote it. */
const CONTENT = `
      mjml MEDIUMTEXT ${EXACT} NOT NULL,
      subject VARCHAR(998) ${EXACT} NOT NULL,
      preheader VARCHAR(500) ${EXACT} NOT NULL,
      -- null: made of the HTML by itself
      text MEDIUMTEXT ${EXACT} NULL,
      -- values to look at the template with, as JSON; text, since MariaDB bounds the depth of JSON
      test_data MEDIUMTEXT ${EXACT} NOT NULL,`

export async function up(db: Knex): Promise<void> {
  await db.raw(`
    CREATE TABLE templates (
      id BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
      \`key\` VARCHAR(64) ${ASCII} NOT NULL,
      name VARCHAR(200) NOT NULL,
      channel VARCHAR(8) ${ASCII} NOT NULL,
      language CHAR(2) ${ASCII} NOT NULL,
      -- the newest one published; 0 before the first
      version INT UNSIGNED NOT NULL DEFAULT 0,
      -- the template of the gallery that it was made of
      gallery VARCHAR(64) ${ASCII} NULL,
      archived_at DATETIME(3) NULL,
      created_at DATETIME(3) NOT NULL,
      created_by VARCHAR(320) NULL,
      updated_at DATETIME(3) NOT NULL,
      -- callers and rules name it by its key
      UNIQUE KEY templates_key (\`key\`),
      -- the list, last changed first
      KEY templates_list (updated_at, id)
    ) ${OPTIONS}`)

  await db.raw(`
    CREATE TABLE template_versions (
      template_id BIGINT UNSIGNED NOT NULL,
      version INT UNSIGNED NOT NULL,
      ${CONTENT}
      -- compiled once, with Liquid left in
      html MEDIUMTEXT ${EXACT} NOT NULL,
      plain MEDIUMTEXT ${EXACT} NOT NULL,
      -- the pages that it links to and the answers of its surveys, in the order of their places in the HTML
      links MEDIUMTEXT ${EXACT} NOT NULL,
      answers MEDIUMTEXT ${EXACT} NOT NULL,
      note VARCHAR(1000) NOT NULL DEFAULT '',
      restored_from INT UNSIGNED NULL,
      created_at DATETIME(3) NOT NULL,
      created_by VARCHAR(320) NULL,
      PRIMARY KEY (template_id, version),
      CONSTRAINT template_versions_template FOREIGN KEY (template_id) REFERENCES templates (id) ON DELETE CASCADE
    ) ${OPTIONS}`)

  // One draft for each template. It may hold mistakes.
  await db.raw(`
    CREATE TABLE template_drafts (
      template_id BIGINT UNSIGNED NOT NULL PRIMARY KEY,
      ${CONTENT}
      -- 0: made from nothing
      base_version INT UNSIGNED NOT NULL,
      -- grows with every keeping, and never begins anew: a stale one is always noticed
      revision BIGINT UNSIGNED NOT NULL,
      updated_at DATETIME(3) NOT NULL,
      updated_by VARCHAR(320) NOT NULL,
      CONSTRAINT template_drafts_template FOREIGN KEY (template_id) REFERENCES templates (id) ON DELETE CASCADE
    ) ${OPTIONS}`)

  // A picture is named by its content: the same one twice is one row, and its address never shows anything else.
  await db.raw(`
    CREATE TABLE images (
      id BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
      hash CHAR(64) ${ASCII} NOT NULL,
      type VARCHAR(32) ${ASCII} NOT NULL,
      width INT UNSIGNED NOT NULL,
      height INT UNSIGNED NOT NULL,
      size INT UNSIGNED NOT NULL,
      name VARCHAR(200) NOT NULL,
      -- what it shows, in words; empty for what only decorates
      alt VARCHAR(500) NOT NULL,
      created_at DATETIME(3) NOT NULL,
      created_by VARCHAR(320) NULL,
      -- its public address; the list is in the order of the ids
      UNIQUE KEY images_hash (hash)
    ) ${OPTIONS}`)

  // The bytes, where no S3-compatible storage keeps them.
  await db.raw(`
    CREATE TABLE image_bytes (
      hash CHAR(64) ${ASCII} NOT NULL PRIMARY KEY,
      bytes MEDIUMBLOB NOT NULL
    ) ${OPTIONS}`)

  // the published version that a campaign was made of
  await db.raw(`
    ALTER TABLE campaigns
      ADD COLUMN template_id VARCHAR(64) ${ASCII} NULL,
      ADD COLUMN template_version INT UNSIGNED NULL`)

  // The answers that a campaign's message offers, as it was sent; the position is part of the signed link.
  await db.raw(`
    CREATE TABLE campaign_answers (
      campaign_id BIGINT UNSIGNED NOT NULL,
      position SMALLINT UNSIGNED NOT NULL,
      survey VARCHAR(64) ${ASCII} NOT NULL,
      question VARCHAR(500) NOT NULL,
      answer VARCHAR(64) ${ASCII} NOT NULL,
      label VARCHAR(500) NOT NULL,
      PRIMARY KEY (campaign_id, position),
      CONSTRAINT campaign_answers_campaign FOREIGN KEY (campaign_id) REFERENCES campaigns (id) ON DELETE CASCADE
    ) ${OPTIONS}`)

  // What customers answered. Who changes their mind has one more row, and the one before says when it was replaced: what
  // was known at any instant can be asked.
  await db.raw(`
    CREATE TABLE survey_answers (
      id BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
      -- what was answered stays when the message that asked is deleted, and may have come without one
      delivery_id BIGINT UNSIGNED NULL,
      customer_id BIGINT UNSIGNED NOT NULL,
      survey VARCHAR(64) ${ASCII} NOT NULL,
      answer VARCHAR(64) ${ASCII} NOT NULL,
      -- the words as the customer read them
      question VARCHAR(500) NOT NULL,
      label VARCHAR(500) NOT NULL,
      comment VARCHAR(2000) NULL,
      answered_at DATETIME(3) NOT NULL,
      replaced_at DATETIME(3) NULL,
      -- conditions on the answers of some customers (covering)
      KEY survey_answers_customer (customer_id, survey, answer, answered_at, replaced_at),
      -- the counts of a survey and the list of its answers, newest first
      KEY survey_answers_survey (survey, replaced_at, answer, id),
      -- the answer that stands, when a customer gives another one
      KEY survey_answers_delivery (delivery_id, survey),
      CONSTRAINT survey_answers_customer FOREIGN KEY (customer_id) REFERENCES customers (id) ON DELETE CASCADE,
      CONSTRAINT survey_answers_delivery FOREIGN KEY (delivery_id) REFERENCES deliveries (id) ON DELETE SET NULL
    ) ${OPTIONS}`)
}

/** What of it is there: a process may have been killed over it. */
export async function down(db: Knex): Promise<void> {
  const tables = [
    'survey_answers',
    'campaign_answers',
    'image_bytes',
    'images',
    'template_drafts',
    'template_versions',
    'templates',
  ]
  for (const table of tables) await db.schema.dropTableIfExists(table)
  for (const column of ['template_id', 'template_version']) {
    if (await db.schema.hasColumn('campaigns', column)) await db.raw(`ALTER TABLE campaigns DROP COLUMN ${column}`)
  }
}
