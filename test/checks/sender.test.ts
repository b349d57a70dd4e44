import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { checkSender } from '../../domain/checks/checkSender.ts'
import { type Dns, openDns } from '../../domain/checks/dns.ts'
import { startDns, type Zone } from '../support/dns.ts'

const LONG_KEY = `v=DKIM1; k=rsa; p=${'A'.repeat(400)}`
const zone: Zone = {
  'good.studio': {
    TXT: ['google-site-verification=x', 'v=spf1 include:_spf.good.studio -all'],
    MX: ['mx.good.studio'],
  },
  '_dmarc.good.studio': { TXT: ['v=DMARC1; p=reject; rua=mailto:d@good.studio'] },
  's1._domainkey.good.studio': { TXT: [LONG_KEY] },
  'bare.studio': {},
  'open.studio': { TXT: ['v=spf1 +all'], MX: ['mx.open.studio'] },
  '_dmarc.open.studio': { TXT: ['v=DMARC1; p=none'] },
  's1._domainkey.open.studio': { TXT: ['v=DKIM1; p='] },
  'twice.studio': { TXT: ['v=spf1 -all', 'v=spf1 ~all'] },
  '_dmarc.twice.studio': { TXT: ['v=DMARC1; p=maybe'] },
  'many.studio': { TXT: [`v=spf1 ${Array.from({ length: 11 }, (_, n) => `include:${n}.test`).join(' ')} -all`] },
  'neutral.studio': { TXT: ['v=spf1 mx ?all'] },
  'news.good.studio': { TXT: ['v=spf1 redirect=good.studio'] },
}

describe('the records of a sender', () => {
  let dns: Dns
  let close: () => void
  beforeAll(async () => {
    const started = await startDns(zone, ['silent.studio'])
    close = started.close
    dns = openDns([started.server])
  })
  afterAll(() => close())

  const look = (domain: string, selector: string | null = 's1') =>
    checkSender(dns, { email: `hello@${domain}`, dkim: selector === null ? null : { domain, selector } })

  test('all in order', async () => {
    expect(await look('good.studio')).toEqual({
      domain: 'good.studio',
      reserved: false,
      spf: { verdict: 'good', why: null, record: 'v=spf1 include:_spf.good.studio -all' },
      dkim: { verdict: 'good', why: null, record: LONG_KEY },
      dmarc: { verdict: 'good', why: null, record: 'v=DMARC1; p=reject; rua=mailto:d@good.studio' },
      mx: { verdict: 'good', why: null, record: 'mx.good.studio' },
    })
  })

  test.each([
    ['bare.studio', { spf: 'missing', dkim: 'missing', dmarc: 'missing', mx: 'missing no_answers' }],
    ['nowhere.studio', { spf: 'missing', dkim: 'missing', dmarc: 'missing', mx: 'missing no_answers' }],
    ['open.studio', { spf: 'wrong open', dkim: 'wrong no_key', dmarc: 'weak only_watches', mx: 'good' }],
    ['twice.studio', { spf: 'wrong several', dmarc: 'wrong no_policy' }],
    ['many.studio', { spf: 'wrong many_lookups' }],
    ['neutral.studio', { spf: 'weak neutral' }],
    ['news.good.studio', { spf: 'good', dmarc: 'good' }],
    ['silent.studio', { spf: 'unknown', mx: 'unknown' }],
  ])('%s', async (domain, expected) => {
    const found = await look(domain)
    const said = { spf: say(found.spf), dkim: say(found.dkim), dmarc: say(found.dmarc), mx: say(found.mx) }
    expect(said).toMatchObject(expected)
  })

  test('mails that are not signed here are told so, and a name for tests is not looked up', async () => {
    expect((await look('good.studio', null)).dkim).toMatchObject({ verdict: 'weak', why: 'not_signed' })
    expect(await look('business.test')).toMatchObject({ reserved: true, spf: { verdict: 'unknown' } })
  })

  test('where there is no DNS nothing is said against the sender', async () => {
    const nobody = openDns(['127.0.0.1:9'])
    const found = await checkSender(nobody, { email: 'a@good.studio', dkim: { domain: 'good.studio', selector: 's1' } })
    expect([found.spf, found.dkim, found.dmarc, found.mx].map(say)).toEqual(Array(4).fill('unknown'))
  })
})

const say = ({ verdict, why }: { verdict: string; why: string | null }) => [verdict, why].filter(Boolean).join(' ')
