import { join } from 'node:path'
import type { Part } from '../parts/child.ts'
import { ROOT } from '../parts/root.ts'
import type { Environment } from './environment.ts'

/** Where the servers answer that the processes need. */
export type Addresses = {
  database: string
  temporal: string
  smtp: string
  /** Who takes messages to telephones; empty when nobody does. */
  sms: string
  /** What plays a push service; empty when nothing does. */
  push: string
}

/** The settings that API and worker share. */
function settings(environment: Environment, addresses: Addresses): Record<string, string> {
  return {
    NODE_ENV: process.env.NODE_ENV ?? 'production',
    DATABASE_URL: addresses.database,
    TEMPORAL_ADDRESS: addresses.temporal,
    TEMPORAL_NAMESPACE: environment.temporalNamespace,
    PUBLIC_URL: environment.publicUrl,
    SMTP_URL: addresses.smtp,
    SMS_URL: addresses.sms,
    PUSH_URL: addresses.push,
  }
}

function program(environment: Environment, name: string, file: string, env: Record<string, string>): Part {
  return {
    name,
    command: process.execPath,
    args: [join(ROOT, file)],
    env,
    ours: true,
    patience: 30_000,
    // in production each role is a process of its own, whose output the platform collects
    loud: environment.role !== 'all',
  }
}

export function apiProgram(environment: Environment, addresses: Addresses, ui: string): Part {
  const env = {
    ...settings(environment, addresses),
    PORT: String(environment.port),
    UI_DIR: ui,
    LOG_LEVEL: environment.logLevel,
    TEMPORAL_UI_URL: environment.temporalUiUrl ?? '',
  }
  return program(environment, 'api', 'api/main.ts', env)
}

export function workerProgram(environment: Environment, addresses: Addresses): Part {
  return program(environment, 'worker', 'activities/worker.ts', settings(environment, addresses))
}

/** The SMTP server that takes bounces and complaints. On this machine alone, unless somebody gave it a port. */
export function bouncesProgram(environment: Environment, database: string, port: number): Part {
  const host = environment.bouncePort === undefined ? '127.0.0.1' : (process.env.BOUNCE_HOST ?? '0.0.0.0')
  const { cert = '', key = '' } = environment.bounceTls ?? {}
  const env = {
    ...{ DATABASE_URL: database, BOUNCE_PORT: String(port), BOUNCE_HOST: host },
    ...{ BOUNCE_TLS_CERT: cert, BOUNCE_TLS_KEY: key },
  }
  return program(environment, 'bounces', 'domain/feedback/main.ts', env)
}

/**
 * The local server that keeps what was sent in the database, for the Inbox page: mails over SMTP, messages to telephones
 * and browsers over HTTP; mails that it sends back go to `bounces`.
 */
export function inboxProgram(
  environment: Environment,
  database: string,
  { port, http, bounces }: { port: number; http: number; bounces: number },
): Part {
  const env = {
    DATABASE_URL: database,
    INBOX_PORT: String(port),
    INBOX_HTTP_PORT: String(http),
    BOUNCE_PORT: String(bounces),
  }
  return program(environment, 'inbox', 'domain/inbox/main.ts', env)
}
