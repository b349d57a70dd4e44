/** The invented business of the demo: who works there, what it sells, whom it sells through. */

export const STUDIO = {
  name: 'Studio Wolkenhof',
  timeZone: 'Europe/Berlin',
  currency: 'EUR',
  language: 'en',
  senderName: 'Studio Wolkenhof',
  senderEmail: 'hello@studio-wolkenhof.test',
  /** Where links in its mails lead. */
  site: 'https://studio-wolkenhof.test',
  /** Where the local inbox sends back what it finds out late that it can't deliver. */
  bounceDomain: 'bounces.studio-wolkenhof.test',
} as const

export type Service = { name: string; minutes: number; price: number }

const YOGA: Service = { name: 'Vinyasa yoga', minutes: 75, price: 1900 }
const YIN: Service = { name: 'Yin yoga', minutes: 75, price: 1900 }
const PILATES: Service = { name: 'Pilates', minutes: 60, price: 2200 }
const REFORMER: Service = { name: 'Reformer pilates', minutes: 50, price: 3200 }
const BREATH: Service = { name: 'Breathwork', minutes: 60, price: 2100 }
const MEDITATION: Service = { name: 'Meditation', minutes: 45, price: 1400 }
const PRENATAL: Service = { name: 'Prenatal yoga', minutes: 60, price: 2000 }
const NUTRITION: Service = { name: 'Nutrition advice', minutes: 45, price: 6500 }
const COACHING: Service = { name: 'Coaching', minutes: 60, price: 8500 }
const MASSAGE: Service = { name: 'Massage', minutes: 60, price: 7800 }

/** Teachers and advisors, and how sought-after each is. */
export const PROVIDERS: readonly { name: string; weight: number; services: readonly Service[] }[] = [
  { name: 'Mara Feldner', weight: 16, services: [YOGA, YIN] },
  { name: 'Théo Garonnet', weight: 13, services: [YOGA, MEDITATION] },
  { name: 'Chiara Bellomare', weight: 12, services: [PILATES, REFORMER] },
  { name: 'Owen Tarrick', weight: 11, services: [YOGA, BREATH] },
  { name: 'Jule Hagenau', weight: 10, services: [REFORMER, PILATES] },
  { name: 'Nadia Rosmarin', weight: 9, services: [YIN, MEDITATION] },
  { name: 'Bastien Fleurac', weight: 8, services: [PILATES, YOGA] },
  { name: 'Lotte Weidenbach', weight: 6, services: [PRENATAL, YIN] },
  { name: 'Piero Valdarno', weight: 5, services: [BREATH, MEDITATION] },
  { name: 'Dr. Henrike Sölter', weight: 4, services: [NUTRITION, COACHING] },
  { name: 'Gwen Ashcombe', weight: 3, services: [COACHING] },
  { name: 'Ivo Brunnthal', weight: 3, services: [MASSAGE] },
]

/** Groups and partners with their share of customers; null: none. */
export const GROUPS: readonly (readonly [string | null, number])[] = [
  ['Regular', 52],
  ['Student', 14],
  ['Senior', 9],
  ['Corporate', 11],
  ['Friends & family', 3],
  [null, 11],
]
export const AGGREGATORS: readonly (readonly [string | null, number])[] = [
  [null, 61],
  ['MoveCircle', 17],
  ['Flexkarte', 13],
  ['Benessere Club', 6],
  ['Sérénité+', 3],
]
export const TAGS = ['beginner', 'back pain', 'teacher training', 'ambassador', 'gift card', 'prenatal', 'early bird']

/** Memberships: price in minor units a month when recurring, else once for so many days. */
export const RECURRING = [
  { type: 'Monthly unlimited', price: 8900 },
  { type: 'Monthly 4 classes', price: 5900 },
  { type: 'Monthly student', price: 4900 },
] as const
export const FIXED = [
  { type: 'Annual pass', price: 84000, days: 365 },
  { type: '10-week course', price: 16500, days: 70 },
  { type: 'Summer pass', price: 12900, days: 92 },
] as const
