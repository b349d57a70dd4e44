import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { nextStep } from '../../domain/campaigns/nextStep.ts'
import { rows } from '../../domain/database.ts'
import { emailChannel } from '../../domain/deliveries/channels/email.ts'
import { deliverDue } from '../../domain/deliveries/deliverDue.ts'
import { createTestDatabase, type TestDatabase } from '../support/database.ts'
import { attempt, countStates, frozenCampaign, insertCustomers } from '../support/sending.ts'
import { type Behaviour, type Encryption, startFaultyServer } from '../support/smtp.ts'

type Row = { state: string; reason: string | null; attempts: number; due_at: Date; sent_at: Date | null }

type Case = {
  name: string
  behaviour: Behaviour
  state: string
  words: RegExp | null
  suppressed?: boolean
  taken?: number
}

/** Each case: what the server does, what the delivery is afterwards, and whether it may go again by itself. */
const CASES: (Case & { encryption?: Encryption })[] = [
  { name: 'takes it', behaviour: 'accept', state: 'sent', words: null },
  {
    name: 'puts the recipient off',
    behaviour: { refuse: 'RCPT', answer: '451 4.7.1 greylisted' },
    state: 'queued',
    words: /451 4\.7\.1 greylisted/,
  },
  {
    name: 'does not know the recipient',
    behaviour: { refuse: 'RCPT', answer: '550 5.1.1 nobody of that name' },
    state: 'bounced',
    words: /550 5\.1\.1 nobody of that name/,
    suppressed: true,
  },
  {
    name: 'refuses the sender’s set-up',
    behaviour: { refuse: 'dot', answer: '550 5.7.26 unauthenticated mail' },
    state: 'bounced',
    words: /550 5\.7\.26 unauthenticated mail/,
    suppressed: false,
  },
  {
    name: 'refuses the message',
    behaviour: { refuse: 'dot', answer: '554 5.6.0 not this' },
    state: 'bounced',
    words: /554 5\.6\.0 not this/,
    suppressed: false,
  },
  {
    name: 'puts off after the message',
    behaviour: { refuse: 'dot', answer: '452 4.3.1 disk full' },
    state: 'queued',
    words: /452 4\.3\.1 disk full/,
  },
  {
    name: 'puts the sender off',
    behaviour: { refuse: 'MAIL', answer: '421 4.3.2 going down' },
    state: 'queued',
    words: /421 4\.3\.2 going down/,
  },
  { name: 'falls silent before the message', behaviour: 'silent', state: 'queued', words: /^not_reached: Timeout/ },
  { name: 'goes away at DATA', behaviour: 'drop at DATA', state: 'queued', words: /^not_reached: / },
  {
    // a small one is out in one piece: nobody can say how much of it arrived
    name: 'goes away in the message',
    behaviour: 'drop in DATA',
    state: 'unconfirmed',
    words: /^handed_over: /,
    taken: 0,
  },
  {
    name: 'goes away after the final dot',
    behaviour: 'drop after the final dot',
    state: 'unconfirmed',
    words: /^handed_over: /,
  },
  {
    name: 'falls silent after the final dot',
    behaviour: 'silent after the final dot',
    state: 'unconfirmed',
    words: /^handed_over: Timeout/,
  },
  {
    name: 'announces encryption and refuses it',
    behaviour: 'accept',
    encryption: 'STARTTLS refused',
    state: 'queued',
    words: /^not_secure: .*454 4\.7\.0 TLS not available/,
  },
  {
    name: 'goes away in the handshake',
    behaviour: 'accept',
    encryption: 'handshake broken',
    state: 'queued',
    words: /^not_secure: /,
  },
  {
    name: 'shows a certificate that nobody signed, after STARTTLS',
    behaviour: 'accept',
    encryption: 'wrong certificate',
    state: 'queued',
    words: /^not_secure: .*self.signed certificate/,
  },
  {
    name: 'shows such a certificate from the beginning',
    behaviour: 'accept',
    encryption: 'smtps, wrong certificate',
    state: 'queued',
    words: /^not_secure: .*self.signed certificate/,
  },
  {
    name: 'wants encryption that it does not offer',
    behaviour: { refuse: 'MAIL', answer: '530 5.7.0 Must issue a STARTTLS command first' },
    state: 'queued',
    words: /^not_secure: 530 5\.7\.0 Must issue a STARTTLS command first/,
  },
  {
    name: 'wants a login',
    behaviour: { refuse: 'MAIL', answer: '530 5.7.1 Authentication required' },
    state: 'queued',
    words: /^no_login: 530 5\.7\.1 Authentication required/,
  },
]

describe('what a mail server does to a message', () => {
  let database: TestDatabase
  beforeAll(async () => {
    database = await createTestDatabase()
    await insertCustomers(database.db, 1)
  })
  afterAll(() => database.drop())

  test.each(CASES)('a server that $name: $state', async (one) => {
    const { behaviour, encryption, state, words, suppressed = false } = one
    const { db } = database
    await db('suppressions').delete()
    const server = await startFaultyServer([behaviour], encryption)
    const channel = emailChannel(server.url)
    try {
      const campaign = await frozenCampaign(db, { customers: ['c0'] })
      await deliverDue(db, campaign, attempt(channel))
      const [row] = await rows<Row>(db, 'SELECT * FROM deliveries WHERE campaign_id = ?', [campaign])
      expect(row).toMatchObject({ state, attempts: 1 })
      if (words === null) expect(row?.reason).toBeNull()
      else expect(row?.reason).toMatch(words)
      expect(row?.sent_at !== null).toBe(state === 'sent')
      expect((await db('suppressions').where({ reason: 'bounced' })).length).toBe(suppressed ? 1 : 0)
      // only what was certainly not taken goes again by itself
      const next = await nextStep(db, campaign, new Date())
      expect(next.step).toBe(state === 'queued' ? 'wait' : 'finish')
      expect(server.mails.length).toBe(one.taken ?? (state === 'sent' || state === 'unconfirmed' ? 1 : 0))
    } finally {
      channel.close()
      await server.close()
    }
  })

  test.each(['wrong certificate', 'smtps, wrong certificate'] as const)(
    'a server with a %s takes the mail when the address of the mail server says that any will do',
    async (encryption) => {
      const { db } = database
      const server = await startFaultyServer(['accept'], encryption)
      const channel = emailChannel(`${server.url}&tls.rejectUnauthorized=false`)
      try {
        const campaign = await frozenCampaign(db, { customers: ['c0'] })
        await deliverDue(db, campaign, attempt(channel))
        expect(await countStates(db, campaign)).toEqual({ sent: 1 })
        expect(server.mails).toHaveLength(1)
      } finally {
        channel.close()
        await server.close()
      }
    },
  )

  test('a message put off twice goes a third time when it is due, and not before', async () => {
    const { db } = database
    const off: Behaviour = { refuse: 'RCPT', answer: '451 4.7.1 later' }
    const server = await startFaultyServer([off, off, 'accept'])
    const channel = emailChannel(server.url)
    try {
      const start = new Date('2026-03-01T10:00:00Z')
      const at = (seconds: number) => new Date(start.getTime() + seconds * 1_000)
      const campaign = await frozenCampaign(db, { customers: ['c0'] }, start)
      for (const seconds of [0, 1, 4.9, 5, 20, 24.9, 25]) {
        await deliverDue(
          db,
          campaign,
          attempt(channel, () => at(seconds)),
        )
      }
      const [row] = await rows<Row>(db, 'SELECT * FROM deliveries WHERE campaign_id = ?', [campaign])
      expect(row).toMatchObject({ state: 'sent', attempts: 3, reason: null })
      expect(server.mails).toHaveLength(1)
      const events = await db('delivery_events')
        .select('type')
        .orderBy('id')
        .whereIn('delivery_id', db('deliveries').select('id').where({ campaign_id: campaign }))
      expect(events.map(({ type }) => type)).toEqual(['deferred', 'deferred', 'sent'])
    } finally {
      channel.close()
      await server.close()
    }
  })

  test('a mail server that is not there costs no attempt its message', async () => {
    const { db } = database
    const channel = emailChannel('smtp://127.0.0.1:1?connectionTimeout=500')
    const campaign = await frozenCampaign(db, { customers: ['c0'] })
    let asked = 0
    await deliverDue(db, campaign, { ...attempt(channel), stop: () => asked++ > 0 })
    const [row] = await rows<Row>(db, 'SELECT * FROM deliveries WHERE campaign_id = ?', [campaign])
    expect(row).toMatchObject({ state: 'queued' })
    expect(row?.reason).toMatch(/^not_reached: .*ECONNREFUSED/)
    channel.close()
  })

  test('the mail on the wire: one recipient, our headers, nobody’s line breaks', async () => {
    const { db } = database
    await db('customers')
      .where({ external_id: 'c0' })
      .update({ first_name: 'Eve\r\nBcc: spy@mail.test\r\n\r\n👩‍👩‍👧 {{ 7 }}' })
    const server = await startFaultyServer(['accept'])
    const channel = emailChannel(server.url)
    try {
      const campaign = await frozenCampaign(db, { customers: ['c0'] })
      await deliverDue(db, campaign, attempt(channel))
      const [mail] = server.mails
      const head = (mail?.source ?? '').split('\r\n\r\n', 1)[0]?.replace(/\r\n[ \t]+/g, ' ') ?? ''
      expect(mail?.to).toBe('c0@mail.test')
      expect(head).not.toMatch(/^Bcc/im)
      expect(head).toMatch(/^List-Unsubscribe: <http:\/\/studio\.test\/u\/[\w-]+>$/m)
      expect(head).toMatch(/^List-Unsubscribe-Post: List-Unsubscribe=One-Click$/m)
      const [row] = await rows<{ message_id: string }>(db, 'SELECT message_id FROM deliveries WHERE campaign_id = ?', [
        campaign,
      ])
      expect(head).toContain(`Message-ID: <${row?.message_id}>`)
    } finally {
      channel.close()
      await server.close()
    }
  })
})
