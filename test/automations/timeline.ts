import type { Automation, Step } from '../../rules/automations/automation.ts'

/** When the ten days begin: noon in Berlin, a Wednesday. */
export const NOW = new Date('2026-06-10T10:00:00.000Z')

/** One of the automations that go side by side: who enters it by the event of its name. */
type Played = { key: string; enter?: readonly string[]; definition: Automation }

const mail: Step = { id: 'mail', send: { channel: 'email', template: 'hello' } }
const day: Step = { id: 'day', wait: { days: 1 } }
const week: Step = { id: 'week', wait: { weeks: 1 } }
const german = { fact: 'language', is: 'one_of', value: ['de'] }
const tagged = (tag: string) => ({ fact: 'tag', is: 'any_of', value: [tag] })

/** An automation in two versions: the second one's `long` is not in the first, its `day` is. */
export const moved = (version: 1 | 2): Automation => ({
  ...begins('moved'),
  then:
    version === 1
      ? [
          {
            id: 'who',
            branch: [
              { if: tagged('gone'), then: [week] },
              {
                if: tagged('slow'),
                then: [
                  { id: 'early', wait: { hours: 4 } },
                  { id: 'late', wait: { weeks: 1 } },
                ],
              },
            ],
            else: [day],
          },
          mail,
        ]
      : [{ id: 'long', wait: { days: 2 } }, day, { id: 'tag', tag: { add: ['two'] } }],
})

function begins(key: string) {
  return { scope: 'business', when: { on: 'event', name: key }, again: 'each' } as const
}

/** All of them. @param url what a webhook calls */
export function automations(url: string): Played[] {
  const by = (key: string, enter: readonly string[], then: Step[], more: Partial<Automation> = {}): Played => ({
    key,
    enter,
    definition: { ...begins(key), then, ...more },
  })
  return [
    by(
      'waits',
      ['c0'],
      [
        { id: 'hour', wait: { hours: 24 } },
        day,
        { id: 'nine', wait_until: { at: '09:00' } },
        { id: 'monday', wait_until: { weekdays: ['mon'], at: '18:30' } },
      ],
    ),
    by(
      'date',
      ['c0', 'c1'],
      [{ id: 'date', wait_until: { before: 'birthday', days: 3, at: '12:00', at_most: { days: 9 } } }],
    ),
    by(
      'happening',
      ['c0', 'c1'],
      [
        {
          id: 'yes',
          wait_for: { on: 'event', name: 'yes' },
          at_most: { days: 3 },
          then: [{ id: 'happy', tag: { add: ['happy'] } }],
          else: [{ id: 'sad', tag: { add: ['sad'] } }],
        },
        { id: 'last', wait: { hours: 1 } },
      ],
    ),
    by(
      'rule',
      ['c2', 'c3'],
      [
        {
          id: 'rule',
          wait_for: { rule: { fact: 'first_booking', is: 'more_than_ago', value: { days: 1 } } },
          at_most: { days: 5 },
          then: [],
          else: [],
        },
      ],
    ),
    by(
      'branches',
      ['c0', 'c1'],
      [
        { id: 'fork', branch: [{ if: german, then: [{ id: 'end', end: true }] }], else: [] },
        { id: 'after', wait: { hours: 1 } },
      ],
    ),
    by(
      'splits',
      ['c0', 'c1', 'c2', 'c3'],
      [
        {
          id: 'half',
          split: [
            { percent: 50, then: [{ id: 'first', tag: { add: ['first'] } }] },
            { percent: 50, then: [] },
          ],
        },
      ],
    ),
    by(
      'sends',
      ['c0', 'c4', 'c5'],
      [
        {
          id: 'mail',
          send: {
            channel: 'email',
            template: 'hello',
            reward: { kind: 'voucher', amount: 500, days: 7, provider: 'p' },
          },
        },
      ],
    ),
    by(
      'writes',
      ['c0', 'c1'],
      [
        { id: 'sms', send: { channel: 'sms', text: 'Hello {{ customer.first_name }}' } },
        { id: 'push', send: { channel: 'push', title: 'Hi', text: 'Come back', url: 'https://studio.test/plan' } },
      ],
    ),
    by(
      'gives',
      ['c0'],
      [
        { id: 'gift', give: { kind: 'free_minutes', minutes: 20, days: 7, provider: 'p' } },
        {
          id: 'more',
          wait_for: { on: 'event', name: 'more' },
          at_most: { days: 2 },
          then: [{ id: 'back', go_to: 'gift' }],
          else: [],
        },
      ],
    ),
    by(
      'changes',
      ['c0'],
      [
        { id: 'tag', tag: { add: ['new'] } },
        { id: 'vip', status: 'vip' },
        { id: 'in', segment: { put: 'picked' } },
        day,
        { id: 'out', segment: { take: 'picked' } },
      ],
    ),
    by(
      'tells',
      ['c0'],
      [{ id: 'tell', tell: { to: 'boss@studio.test', subject: '{{ customer.first_name }} came', text: 'Hello' } }],
    ),
    {
      key: 'tells-provider',
      definition: {
        scope: 'provider',
        when: { on: 'booking_cancelled' },
        again: 'each',
        then: [
          { id: 'tell', tell: { to: 'provider', subject: '{{ customer.first_name }} cancelled', text: 'Call them' } },
        ],
      },
    },
    by('calls', ['c0', 'c1'], [{ id: 'call', call: { url } }]),
    by('failing', ['c0', 'c1'], [{ id: 'mail', send: { channel: 'email', template: 'later' } }]),
    by('leaving', ['c0', 'c1', 'c2', 'c3', 'c6'], [week, mail], {
      unless: [
        { id: 'back', on: { on: 'event', name: 'back' } },
        { id: 'quit', rule: tagged('quit') },
        { id: 'came', rule: { fact: 'last_booking', is: 'within_last', value: { days: 3 } } },
      ],
      goal: { on: { on: 'booking_made' } },
    }),
    by('by-hand', ['c0', 'c1'], [week]),
    by('paused', ['c0'], [day, mail]),
    by('stopped', ['c0', 'c7'], [mail, day]),
    { key: 'moved', enter: ['c0', 'c2', 'c3'], definition: moved(1) },
    by('held-out', ['c0', 'c1', 'c2', 'c3'], [{ id: 'mail', send: { channel: 'email', template: 'held' } }], {
      holdout: 50,
    }),
  ]
}
