import type { Automation } from '../../rules/automations/automation.ts'

/** An automation with every kind of step that needs nobody outside. */
export const EVERY_KIND: Automation = {
  scope: 'business',
  when: { on: 'event', name: 'go' },
  again: 'each',
  unless: [{ id: 'back', on: { on: 'event', name: 'back' } }],
  then: [
    { id: 'hello', send: { channel: 'email', template: 'hello' } },
    { id: 'day', wait: { days: 1 } },
    {
      id: 'fork',
      branch: [{ if: { fact: 'language', is: 'one_of', value: ['de'] }, then: [{ id: 'de', tag: { add: ['de'] } }] }],
      else: [],
    },
    { id: 'evening', wait_until: { at: '18:00' } },
    {
      id: 'yes',
      wait_for: { on: 'event', name: 'yes' },
      at_most: { days: 2 },
      then: [{ id: 'gift', give: { kind: 'voucher', amount: 500, days: 9, provider: 'p' } }],
      else: [{ id: 'half', split: [50, 50].map((percent) => ({ percent, then: [] })) }],
    },
    { id: 'vip', status: 'vip' },
    { id: 'tell', tell: { to: 'boss@studio.test', subject: 'Done', text: '{{ customer.first_name }}' } },
    { id: 'again', send: { channel: 'email', template: 'hello' } },
  ],
}
