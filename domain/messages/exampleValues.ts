import { formatBooking } from './formatBooking.ts'
import { formatReward } from './formatReward.ts'
import { mergeValues } from './mergeTags.ts'
import type { MailLanguage } from './words.ts'

/** What merge tags are where nobody is chosen to look as, in a language: somebody invented, with everything there is. */
export function exampleValues(language: MailLanguage, currency: string): Record<string, Record<string, unknown>> {
  const booking = {
    starts_at: new Date('2026-12-03T18:30:00Z'),
    service: 'Yin yoga',
    minutes: 75,
    provider: 'Mara Lind',
  }
  const period = { valid_from: '2026-12-01', valid_to: '2026-12-31' }
  const voucher = { kind: 'voucher' as const, amount: null, percent: 10, minutes: null, ...period }
  return mergeValues({
    customer: {
      first_name: 'Anna',
      last_name: 'Keller',
      email: 'anna@example.org',
      username: 'anna.k',
      phone: '+41 44 555 01 01',
      language,
      birthdate: '1990-05-17',
      joined_on: '2024-03-01',
      status: 'customer',
      attributes: {},
    },
    business: { name: 'Studio', email: 'hello@example.org' },
    provider: { name: 'Mara Lind', email: 'mara@example.org' },
    nextBooking: formatBooking(booking, language, 'UTC'),
    // a voucher and minutes at once, so that templates for either can be looked at
    reward: { ...formatReward(voucher, language, currency), minutes: '15' },
  })
}
