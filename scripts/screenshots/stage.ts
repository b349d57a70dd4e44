import { ADMIN } from '../../test/support/signIn.ts'
import { uploadFile } from '../../test/support/uploadFile.ts'

/** A call of the API as the admin who is signed in; throws on an answer that is not good. */
export type Call = <Answer = unknown>(method: string, path: string, body?: unknown) => Promise<Answer>

/** What the pictures show beside the demo business, and the names by which pages of it are found. */
export type Stage = {
  segment: string
  impossible: string
  /** A customer who is in that segment, and one of whom much is to be told. */
  member: string
  customer: string
  mailing: string
  template: string
  audience: string
  automation: string
  provider: string
  import: string
  webhook: string
  mail: string
  /** Addresses that came by mail, without the start of ours. */
  links: { survey: string; preferences: string; confirm: string; invitation: string; reset: string; push: string }
}

type Items<Item> = { items: Item[] }
type Reported = { id: string; clicked: number; audience: string | null }

/** A rule with everything that the canvas draws: one under another, a fork that joins again, an inverted card. */
const WIN_BACK = {
  name: 'Worth winning back',
  note: 'Came often or for long, has been away for a month, and has no pass that would bring them back anyway.',
  rule: {
    all: [
      { fact: 'last_booking', states: ['attended'], is: 'more_than_ago', value: { days: 30 } },
      {
        any: [
          { fact: 'booking_count', states: ['attended'], is: '>=', value: 10 },
          { fact: 'first_booking', is: 'more_than_ago', value: { months: 12 } },
        ],
      },
      { not: { fact: 'membership', is: 'valid' } },
    ],
  },
}

/** The same, excluding at the end whom it asks for at the beginning: nobody can pass, and the card says so. */
const NOBODY = {
  name: 'Nobody can pass',
  rule: { all: [...WIN_BACK.rule.all, { fact: 'last_booking', states: ['attended'], is: 'not_set' }] },
}

/** A file as people have them: a column that nobody asked for, and rows that can't be taken. */
const FILE = `Kundennummer,Vorname,Nachname,E-Mail,Handy,Geburtstag,Tarif,Schuhgrösse
n-1,Almut,Beckers,almut.beckers@post.test,+49 1512 3456789,03.04.1988,Gold,38
n-2,Cyril,Dumont,cyril.dumont@boite.test,+33 6 39 98 11 22,12.11.1979,Silber,43
n-3,Elettra,Fani,elettra.fani@cassetta.test,,31.02.1990,Silber,39
n-4,Gernot,Huber,gernot.huber,+49 1512 3456790,01.09.1965,Gold,44
n-5,Ines,Jochum,ines.jochum@post.test,+49 1512 3456791,24.12.2001,Gold,37
`

const COLLEAGUE = { email: 'marta.keller@studio-wolkenhof.test', name: 'Marta Keller', role: 'manager', language: 'en' }
const READER = 'jana.winter@post.test'

/** Makes what the demo does not have of itself. Each thing is made once: a second run finds that of the first. */
export async function setStage(call: Call, url: string): Promise<Stage> {
  const first = async (path: string) => (await call<Items<{ id: string }>>('GET', path)).items[0]?.id ?? ''
  const segment = await madeOnce(call, '/segments', WIN_BACK)
  const impossible = await madeOnce(call, '/segments', NOBODY)
  const { items: campaigns } = await call<Items<Reported>>('GET', '/campaigns?limit=50')
  const mailing = campaigns.toSorted((one, other) => other.clicked - one.clicked)[0]
  const customer = await first('/customers?sort=bookings&direction=descending&limit=1')
  const stage = {
    segment,
    impossible,
    customer,
    member: await until(
      () => first(`/segments/${segment}/members?limit=1`),
      (id) => id !== '',
    ),
    mailing: mailing?.id ?? '',
    template: 'we-miss-you',
    audience: mailing?.audience ?? '',
    automation: 'slipping-away',
    // gives more rewards than anybody else
    provider: 'p-01',
    import: await uploaded(call),
    webhook: await madeOnce(call, '/webhooks', {
      name: 'Till',
      url: 'https://till.example/perennial',
      events: ['segment.entered', 'delivery.bounced'],
    }),
  }
  await beginDraft(call, stage.automation)
  return { ...stage, ...(await mails(call, url, customer)) }
}

async function madeOnce(call: Call, path: string, thing: { name: string; [field: string]: unknown }): Promise<string> {
  const { items } = await call<Items<{ id: string; name: string }>>('GET', `${path}?limit=100`)
  const found = items.find(({ name }) => name === thing.name)
  return found?.id ?? (await call<{ id: string }>('POST', path, thing)).id
}

async function uploaded(call: Call): Promise<string> {
  const name = 'Kundenliste.csv'
  const { items } = await call<Items<{ id: string; name: string }>>('GET', '/imports')
  const found = items.find((one) => one.name === name)
  return found?.id ?? (await uploadFile(call, { name, bytes: Buffer.from(FILE) })).id
}

/** Takes a step away on which people stand, and adds one: publishing asks where they go on. */
async function beginDraft(call: Call, id: string): Promise<void> {
  const { definition, draft, version } = await call<{
    definition: { then: { id: string }[] }
    draft: unknown
    version: number
  }>('GET', `/automations/${id}`)
  if (draft !== null) return
  const steps = definition.then.filter(({ id: step }) => step !== 'week')
  const at = steps.findIndex(({ id: step }) => step === 'minutes')
  const then = [...steps.slice(0, at), { id: 'ten-days', wait: { days: 10 } }, ...steps.slice(at)]
  const changed = { ...definition, then: [...then, { id: 'mark', tag: { add: ['away'] } }] }
  await call('PUT', `/automations/${id}/draft`, { definition: changed, base_version: version, revision: null })
}

/** Has everything written that a customer or a new colleague gets by mail, and takes the addresses out of it. */
async function mails(call: Call, url: string, customer: string): Promise<Pick<Stage, 'mail' | 'links'>> {
  const { email } = await call<{ email: string }>('GET', `/customers/${customer}`)
  await call('POST', '/campaigns', { customers: [customer], template: 'why-leave', undo_seconds: 0 })
  const { items: users } = await call<Items<{ email: string }>>('GET', '/users')
  if (!users.some((one) => one.email === COLLEAGUE.email)) await call('POST', '/users', COLLEAGUE)
  await call('POST', '/password-resets', { email: ADMIN.email })
  const form = new URLSearchParams({ email: READER, first_name: 'Jana', agree: 'yes', language: 'en' })
  const { status } = await fetch(`${url}/signup`, { method: 'POST', body: form })
  if (status !== 200) throw new Error(`Signing up answered ${status}`)
  const push = await call<{ url: string }>('GET', `/customers/${customer}/push-link`)
  const survey = await linkIn(call, email, 's/')
  return {
    mail: survey.mail,
    links: {
      survey: survey.link,
      preferences: (await linkIn(call, email, 'u/')).link,
      confirm: (await linkIn(call, READER, 'confirm/')).link,
      invitation: (await linkIn(call, COLLEAGUE.email, 'invitation#')).link,
      reset: (await linkIn(call, ADMIN.email, 'reset#')).link,
      push: new URL(push.url).pathname,
    },
  }
}

/** Waits for a mail to somebody in the local inbox. Returns it with the address in it that begins so. */
async function linkIn(call: Call, to: string, start: string): Promise<{ mail: string; link: string }> {
  return until(
    async () => {
      const { items } = await call<Items<{ id: string; to: string }>>('GET', `/inbox?limit=50&text=${to}`)
      for (const { id } of items) {
        const { html, text } = await call<{ html: string | null; text: string | null }>('GET', `/inbox/${id}`)
        const found = `${html} ${text}`.match(new RegExp(`https?://[^/"]+(/${start}[\\w-]+)`))?.[1]
        if (found !== undefined) return { mail: id, link: found }
      }
      return { mail: '', link: '' }
    },
    ({ link }) => link !== '',
  )
}

/** Asks again and again until the answer is what is waited for. */
async function until<Value>(ask: () => Promise<Value>, good: (value: Value) => boolean): Promise<Value> {
  for (let left = 600; left > 0; left -= 1) {
    const value = await ask()
    if (good(value)) return value
    await new Promise((done) => setTimeout(done, 100))
  }
  throw new Error('It did not come within a minute')
}
