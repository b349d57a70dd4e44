import type { ChannelName } from './channels/channel.ts'

/**
 * The address of `customers c` on a channel, as SQL; null or empty when there is none. Numbers are read as people write
 * them (`0170 / 12 34 56`, `+49 (0)170 123456`, `0049…`) and become what every network understands: `+49170123456`. Those
 * without a country get the business's prefix. A browser has no address that says anything: the newest one's number.
 */
export function addressSql(channel: ChannelName): string {
  switch (channel) {
    case 'email':
      return 'TRIM(c.email)'
    case 'sms':
      return `CASE
        WHEN ${NUMBER} REGEXP '^[+][1-9][0-9]{6,14}$' THEN ${NUMBER}
        WHEN ${NUMBER} REGEXP '^00[1-9][0-9]{6,14}$' THEN CONCAT('+', SUBSTRING(${NUMBER}, 3))
        WHEN ${NUMBER} REGEXP '^0[1-9][0-9]{4,12}$' THEN CONCAT(${PREFIX}, SUBSTRING(${NUMBER}, 2))
        WHEN ${NUMBER} REGEXP '^[1-9][0-9]{5,12}$' THEN CONCAT(${PREFIX}, ${NUMBER})
      END`
    case 'push':
      return "(SELECT CONCAT('push:', MAX(ps.id)) FROM push_subscriptions ps WHERE ps.customer_id = c.id)"
  }
}

const NUMBER = "REGEXP_REPLACE(c.phone, '[(]0[)]|[^0-9+]', '')"
const PREFIX = '(SELECT s1.phone_prefix FROM settings s1 WHERE s1.id = 1)'
