const RULE = {
  all: [{ fact: 'booking_count', states: ['attended'], within: { last: { days: 90 } }, is: '>=', value: 3 }],
}
const SINCE = '2026-11-20T18:00:00+01:00'
const CONTENT = { subject: 'We miss you', html: '<p>Come back this week.</p>' }
const AUTOMATION = {
  scope: 'business',
  when: { on: 'enters_segment', segment: 'slipping-away' },
  again: { after: { days: 90 } },
  goal: { on: { on: 'booking_made' } },
  then: [{ id: 'tag', tag: { add: ['slipping'] } }],
}
const MJML =
  '<mjml><mj-body><mj-section><mj-column><mj-text>Hello {{ customer.first_name }}</mj-text></mj-column></mj-section></mj-body></mjml>'
const TEMPLATE = {
  mjml: MJML,
  subject: 'Hello',
  preheader: '',
  text: null,
  test_data: { customer: { first_name: 'Mira' } },
}
const STATUS_RULES = [
  {
    id: 'vip',
    enabled: true,
    from: 'customer',
    to: 'vip',
    rule: { fact: 'payment_total', is: '>=', value: 100_000 },
  },
]

/** A body for each call that people ask about, by `method /path`; tests hold them against the schemas. */
export const EXAMPLES: Readonly<Record<string, unknown>> = {
  'post /ingest': {
    customers: [
      {
        id: 'c-1001',
        first_name: 'Mira',
        last_name: 'Sample',
        email: 'mira@example.test',
        language: 'en',
        consents: { email: true },
      },
    ],
    providers: [{ id: 'p-7', name: 'Studio North' }],
    bookings: [
      {
        id: 'b-1',
        customer: 'c-1001',
        provider: 'p-7',
        service: 'Vinyasa',
        starts_at: SINCE,
        minutes: 75,
        price: 1800,
        state: 'attended',
      },
    ],
  },
  'post /events': { events: [{ id: 'e-1', name: 'trial_ended', customer: 'c-1001', at: SINCE }] },
  'post /customers/search': { segment: 'active-customers', filter: { gender: ['female'], bookings: { min: 3 } } },
  'post /customers/tag': { customers: ['c-1001'], add: ['interested'], dry_run: true },
  'post /customers/status': { customers: ['c-1001'], status: 'vip' },
  'post /customers/{id}/segments': { segments: [{ id: 'active-customers' }], decision: 'in' },
  'put /customers/{id}/consents': { channel: 'email', given: true, source: 'front desk', wording: 'Yes, write to me.' },
  'post /opt-ins': { email: 'mira@example.test', first_name: 'Mira', language: 'en', source: 'website' },
  'post /segments': { name: 'Regulars', note: 'Three times in 90 days', rule: RULE, recalculation: { mode: 'live' } },
  'patch /segments/{id}': { name: 'Regulars', note: 'At least three classes in 90 days' },
  'put /segments/{id}/draft': { rule: RULE, base_version: 1, revision: null },
  'post /segments/{id}/publish': { rule: RULE, base_version: 1, note: 'Three instead of two' },
  'post /segments/{id}/versions/{version}/restore': { base_version: 2, note: 'As it was' },
  'post /segments/{id}/overrides': { customers: ['c-1001'], decision: 'in', dry_run: true },
  'post /rules/preview': { rule: RULE, scope: 'business' },
  'post /rules/customers': { rule: RULE, path: '/all/0', side: 'yes' },
  'post /rules/backtest': { rule: RULE, days: 30 },
  'post /rules/compare': { before: RULE, after: { all: [] } },
  'post /rules/compare/customers': { before: RULE, after: { all: [] }, move: 'entered' },
  'post /automations': { name: 'Slipping away', definition: AUTOMATION },
  'patch /automations/{id}': { name: 'Slipping away', note: 'Tags only, for now' },
  'post /automations/check': { definition: AUTOMATION },
  'put /automations/{id}/draft': { definition: AUTOMATION, base_version: 0, revision: null },
  'post /automations/{id}/publish': { definition: AUTOMATION, base_version: 0, note: 'First version' },
  'post /automations/{id}/enrol': { customers: ['c-1001'], dry_run: true },
  'post /automations/preview': { definition: AUTOMATION },
  'post /automations/dry-run': { definition: AUTOMATION, days: 90 },
  'post /automations/walk': { definition: AUTOMATION, customer: 'c-1001' },
  'post /campaigns': { name: 'Autumn', kind: 'one_off', channel: 'email', segment: 'slipping-away', content: CONTENT },
  'post /campaigns/preflight': { kind: 'one_off', channel: 'email', segment: 'slipping-away' },
  'post /campaigns/check': { content: CONTENT },
  'post /campaigns/preview': { content: CONTENT, customer: 'c-1001' },
  'post /campaigns/test': { content: CONTENT },
  'post /campaigns/{id}/approve': { revision: 1 },
  'post /campaigns/list': { text: 'c-1001\nmira@example.test' },
  'post /templates': { name: 'Our welcome', gallery: 'welcome', language: 'en', publish: true },
  'post /templates/preview': { mjml: MJML, subject: 'Hello', test_data: TEMPLATE.test_data },
  'put /templates/{id}/draft': { content: TEMPLATE, base_version: 1, revision: null },
  'post /templates/{id}/publish': { content: TEMPLATE, base_version: 1, note: 'Shorter' },
  'put /status-automation': { enabled: true, rules: STATUS_RULES },
  'post /status-automation/preview': { enabled: true, rules: STATUS_RULES },
  'put /suppressions/{customer}': { reason: 'by_hand', source: 'front desk' },
  'post /rewards': {
    provider: 'p-7',
    customer: 'c-1001',
    kind: 'voucher',
    amount: 500,
    valid_from: '2026-12-01',
    valid_to: '2026-12-31',
  },
  'post /quotes': {
    provider: 'p-7',
    customer: 'c-1001',
    starts_at: '2026-12-02T10:00:00+01:00',
    minutes: 30,
    price: 4500,
  },
  'post /redemptions': { booking: 'b-1' },
  'put /settings': { name: 'Studio North', time_zone: 'Europe/Zurich', quiet_hours: { from: '21:00', to: '08:00' } },
  'post /users': { email: 'ben@example.test', name: 'Ben', role: 'manager', language: 'en' },
  'post /api-keys': { name: 'Booking system', scopes: ['facts.write'] },
  'post /images': { data: 'iVBORw0KGgo=', name: 'mat.png', alt: 'A yoga mat' },
  'post /webhooks': {
    name: 'Our CRM',
    url: 'https://crm.example.com/hooks/perennial',
    events: ['segment.entered', 'segment.left'],
  },
  'patch /webhooks/{id}': { events: ['segment.entered', 'delivery.bounced'], state: 'on' },
  'post /webhooks/{id}/replay': { since: '2026-11-20T18:00:00+01:00', only_missed: true },
  'post /session': { email: 'admin@example.test', password: 'correct horse battery staple' },
}
