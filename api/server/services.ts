import type { Logger } from 'pino'
import type { ApiKey } from '../../domain/access/findApiKey.ts'
import type { OidcSettings } from '../../domain/access/oidc.ts'
import type { User } from '../../domain/access/users.ts'
import type { Dns } from '../../domain/checks/dns.ts'
import type { Database } from '../../domain/database.ts'
import type { HookSecrets } from '../../domain/feedback/services/service.ts'
import type { ImageStore } from '../../domain/images/imageStore.ts'

/** Starting and signalling workflows, as far as HTTP calls need it. Throws a `Problem` 'unavailable' when Temporal is away. */
export type Workflows = {
  /** Something is dirty: wakes the segment upkeep. Returns at once; many calls become one signal; never throws. */
  wakeSegments(): void
  /** Hands waiting rows of `workflow_outbox` to Temporal. What cannot be handed over now, the worker hands over later. */
  dispatchOutbox(): Promise<void>
  signalCampaign(campaign: number, signal: 'cancel' | 'pause' | 'resume'): Promise<void>
  /** Whether the server answers and whether a worker polls, for the health line. */
  health(): Promise<{ temporal: boolean; worker: boolean }>
}

/** What handlers work with; made once when the API starts. */
export type Services = {
  db: Database
  workflows: Workflows
  /** The clock; tests give their own. */
  now: () => Date
  /** The address in links that customers get, without a trailing slash. */
  publicUrl: string
  /** Where mail goes, `smtp://…`; empty when nobody said. For tests that somebody sends to their own address. */
  smtpUrl: string
  /** Who takes messages to telephones, as `SMS_URL` says; empty when nobody does. */
  smsUrl: string
  /** What plays a push service, for tests that somebody sends to their own browser; empty when nothing does. */
  pushUrl: string
  /** Temporal’s own pages and the namespace in them, to be linked to; undefined when nobody said where they are. */
  temporalPages?: { url: string; namespace: string } | undefined
  /** Where pictures for mails are kept; the database when left out. */
  images?: ImageStore | undefined
  /** Where the records of the sender's domain are looked up. */
  dns: Dns
  /** What the webhooks of mail services are checked with. */
  hooks: HookSecrets
  /** The identity provider by which people may sign in, beside their passwords. */
  oidc?: OidcSettings | undefined
  /** Whether webhooks may lead into our own network. */
  privateWebhooks?: boolean | undefined
  log: Logger
}

/** Who makes a call: a person with a session, or a program with an API key. */
export type Caller = ({ kind: 'user' } & User) | ({ kind: 'key' } & ApiKey)
