// Why: mails that somebody is writing are kept on the server, so that no browser can lose one. Old workers may still be up:
// they know nothing of drafts.
import type { Knex } from 'knex'

const OPTIONS = 'ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_520_ci'
const NAME = 'CHARACTER SET ascii COLLATE ascii_bin'

export async function up(db: Knex): Promise<void> {
  await db.raw(`
    CREATE TABLE campaign_drafts (
      user_id BIGINT UNSIGNED NOT NULL,
      -- what it is written for, in the words of the page: segment:slipping-away, copy:12
      name VARCHAR(250) ${NAME} NOT NULL,
      channel VARCHAR(8) ${NAME} NOT NULL,
      -- how it begins, and whom it goes to: for lists
      title VARCHAR(300) NOT NULL,
      label VARCHAR(300) NOT NULL,
      customers INT UNSIGNED NOT NULL,
      -- whom it goes to and what is written, as the page works on them; no JSON, which has a depth and an order of its own
      choice MEDIUMTEXT NOT NULL,
      content MEDIUMTEXT NOT NULL,
      revision BIGINT UNSIGNED NOT NULL,
      kept_at DATETIME(3) NOT NULL,
      PRIMARY KEY (user_id, name),
      -- the drafts of a person, the newest first
      KEY campaign_drafts_kept (user_id, kept_at),
      CONSTRAINT campaign_drafts_user FOREIGN KEY (user_id) REFERENCES users (id) ON DELETE CASCADE
    ) ${OPTIONS}`)
}

export async function down(db: Knex): Promise<void> {
  await db.schema.dropTableIfExists('campaign_drafts')
}
