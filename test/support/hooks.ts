import { generateKeyPairSync } from 'node:crypto'
import { type Database, rows } from '../../domain/database.ts'
import { deliverDue } from '../../domain/deliveries/deliverDue.ts'
import { returnPath, returnToken } from '../../domain/deliveries/returnPath.ts'
import { makeCertificate } from '../../domain/feedback/certificate.ts'
import { changeSettings } from '../../domain/settings/changeSettings.ts'
import { secret } from '../../domain/settings/secret.ts'
import { startApi, type TestApi } from './api.ts'
import { createTestDatabase } from './database.ts'
import { attempt, frozenCampaign, insertCustomers, recordingChannel } from './sending.ts'

export const TOPIC = 'arn:aws:sns:eu-central-1:123456789012:mail-events'
export const MAILGUN_KEY = 'key-for-this-test'
export const CREDENTIALS = 'hook:pass:with:colons'
/** What the services sign with. */
export const amazon = generateKeyPairSync('rsa', { modulusLength: 2048 })
export const twilio = generateKeyPairSync('ec', { namedCurve: 'P-256' })

const root = generateKeyPairSync('rsa', { modulusLength: 2048 })
const between = generateKeyPairSync('rsa', { modulusLength: 2048 })
const FROM = new Date('2026-01-01T00:00:00Z')
const TO = new Date('2027-01-01T00:00:00Z')

/** Certificates of Amazon's, as SNS shows them: one for its host, signed by one that is signed by a root. */
const issue = (name: string, hosts: readonly string[], more: { from?: Date; to?: Date; strange?: boolean } = {}) =>
  makeCertificate({
    ...{ name, hosts, key: amazon.privateKey, publicKey: amazon.publicKey, from: more.from ?? FROM, to: more.to ?? TO },
    issuer: { name: 'Between', key: more.strange === true ? root.privateKey : between.privateKey },
  })
const authorities =
  makeCertificate({
    ...{ name: 'Between', hosts: [], key: between.privateKey, publicKey: between.publicKey, from: FROM, to: TO },
    ...{ issuer: { name: 'Root', key: root.privateKey }, authority: true },
  }) +
  makeCertificate({
    ...{
      name: 'Root',
      hosts: [],
      key: root.privateKey,
      publicKey: root.publicKey,
      from: FROM,
      to: TO,
      authority: true,
    },
  })

const SNS = 'sns.amazonaws.com'
const HOUR = 3_600_000

/** What stands at Amazon's addresses, by the name of the file. */
export const CERTIFICATES: Readonly<Record<string, string>> = {
  'SimpleNotificationService-0a1b': issue(SNS, [SNS]) + authorities,
  'without-chain': issue(SNS, [SNS]),
  'for-another': issue(SNS, ['s3.amazonaws.com']) + authorities,
  'by-name-alone': issue(SNS, []) + authorities,
  'from-last-year': issue(SNS, [SNS], { from: new Date('2025-01-01'), to: new Date('2025-12-31') }) + authorities,
  'from-next-year': issue(SNS, [SNS], { from: new Date('2027-01-01'), to: new Date('2027-12-31') }) + authorities,
  'signed-by-nobody': issue(SNS, [SNS], { strange: true }) + authorities,
  'an-authority': authorities,
  'bare-key': amazon.publicKey.export({ type: 'spki', format: 'pem' }).toString(),
  nonsense: '-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n',
  empty: '',
}
export const certificateAt = (name: string) => `https://sns.eu-central-1.amazonaws.com/${name}.pem`

/** A delivery with all that a service may know it by. */
type Sent = { id: number; token: string; path: string; messageId: string }
type Answer = { status: number; body: { taken: number; repeated: number; unknown: number } }

/** The API with the webhooks of all services, over a database with one customer. */
export class Hooks {
  readonly db: Database
  readonly api: TestApi
  /** The addresses that were read at Amazon. */
  readonly fetched: string[]
  readonly #clock: { now: Date }
  readonly #close: () => Promise<void>
  #one: Sent = { id: 0, token: '', path: '', messageId: '' }

  private constructor(parts: Pick<Hooks, 'db' | 'api' | 'fetched' | 'close'> & { clock: { now: Date } }) {
    this.db = parts.db
    this.api = parts.api
    this.fetched = parts.fetched
    this.#clock = parts.clock
    this.#close = parts.close
  }

  static async start(): Promise<Hooks> {
    const { db, drop } = await createTestDatabase()
    const clock = { now: new Date('2026-11-20T12:00:00Z') }
    const fetched: string[] = []
    await insertCustomers(db, 1)
    await changeSettings(db, { bounceDomain: 'bounces.studio.test' }, clock.now)
    const read = async (url: string) => {
      fetched.push(url)
      const file = /([\w-]+)\.pem$/.exec(url)?.[1]
      return file === undefined ? '<ok/>' : (CERTIFICATES[file] ?? '')
    }
    const api = await startApi(db, undefined, () => clock.now, {
      hooks: {
        ses: { topics: [TOPIC], read },
        mailgun: { key: MAILGUN_KEY },
        postmark: { credentials: CREDENTIALS },
        sendgrid: { key: twilio.publicKey.export({ type: 'spki', format: 'der' }).toString('base64') },
      },
    })
    const close = async () => {
      await api.close()
      await drop()
    }
    return new Hooks({ db, api, fetched, clock, close })
  }

  close(): Promise<void> {
    return this.#close()
  }

  get now(): Date {
    return this.#clock.now
  }

  /** The delivery of the test that runs. */
  get one(): Sent {
    return this.#one
  }

  /** An hour later, with nobody suppressed and one more mail sent. */
  async next(): Promise<void> {
    this.#clock.now = new Date(this.now.getTime() + HOUR)
    await this.db('suppressions').delete()
    this.#one = await this.sendOne()
  }

  async sendOne(): Promise<Sent> {
    const { db, now } = this
    const campaign = await frozenCampaign(db, { customers: ['c0'] }, now)
    await deliverDue(
      db,
      campaign,
      attempt(recordingChannel().channel, () => now),
    )
    const sql = 'SELECT id, message_id FROM deliveries WHERE campaign_id = ?'
    const [row] = await rows<{ id: number; message_id: string }>(db, sql, [campaign])
    const key = await secret(db, 'tracking')
    const id = row?.id ?? 0
    return {
      id,
      token: returnToken(key, { kind: 'bounce', delivery: id }),
      path: returnPath({ senderEmail: '', bounceDomain: 'bounces.studio.test' }, { delivery: id, key }),
      messageId: `<${row?.message_id}>`,
    }
  }

  async post(service: string, body: string | Buffer, headers: Record<string, string> = {}): Promise<Answer> {
    const response = await fetch(`${this.api.url}/hooks/${service}`, {
      method: 'POST',
      body: new Uint8Array(Buffer.from(body)),
      headers,
    })
    const text = await response.text()
    return { status: response.status, body: text.startsWith('{') ? JSON.parse(text) : text }
  }

  async delivery(id = this.one.id) {
    const sql = 'SELECT state, reason, bounce_class FROM deliveries WHERE id = ?'
    return (await rows<{ state: string; reason: string; bounce_class: string }>(this.db, sql, [id]))[0]
  }

  /** Why the customer gets nothing more, if so. */
  async suppressed(): Promise<string | undefined> {
    return (await rows<{ reason: string }>(this.db, 'SELECT reason FROM suppressions'))[0]?.reason
  }

  async events(): Promise<string[]> {
    const sql = 'SELECT type FROM delivery_events WHERE delivery_id = ? ORDER BY id'
    return (await rows<{ type: string }>(this.db, sql, [this.one.id])).map(({ type }) => type)
  }
}
