import { readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { createSecureContext } from 'node:tls'
import { readSmsUrl } from '../../domain/deliveries/channels/sms.ts'
import { Hint } from '../parts/hint.ts'
import { ROOT } from '../parts/root.ts'

type Role = 'all' | 'api' | 'worker'

/** What the environment says, checked, with the defaults of the documentation. */
export type Environment = {
  role: Role
  port: number
  publicUrl: string
  data: string
  /** Undefined: a private server. */
  databaseUrl: string | undefined
  temporalAddress: string | undefined
  temporalNamespace: string
  /** Temporal’s own pages, to be linked to; undefined: nothing links to them. */
  temporalUiUrl: string | undefined
  /** Undefined: the local inbox. */
  smtpUrl: string | undefined
  /** Where mail that comes back is taken, for all who can reach this machine; undefined: on it alone, or nowhere. */
  bouncePort: number | undefined
  /** The files of the certificate, with those that signed it, and its key for that; undefined: one made for itself. */
  bounceTls: { cert: string; key: string } | undefined
  /** Undefined: the local inbox, where there is one. */
  smsUrl: string | undefined
  demo: boolean
  /** What the API logs: this and what is graver. */
  logLevel: string
  admin: { email: string; password: string } | undefined
}

/**
 * Reads the environment of `npm start`.
 *
 * @param args what was written after `npm start --`
 * @throws Hint naming the variable that is wrong and what is allowed
 */
export function readEnvironment(env: NodeJS.ProcessEnv, args: readonly string[]): Environment {
  const role = readRole(args)
  const port = readPort(env)
  const databaseUrl = text(env, 'DATABASE_URL')
  const temporalAddress = text(env, 'TEMPORAL_ADDRESS')
  if (role !== 'all' && (databaseUrl === undefined || temporalAddress === undefined)) {
    throw new Hint(
      `The role ${role} runs beside others on one database and one Temporal: set DATABASE_URL and TEMPORAL_ADDRESS. ` +
        '(Plain `npm start` brings everything with it.)',
    )
  }
  return {
    role,
    port,
    publicUrl: readUrl(env, 'PUBLIC_URL', ['https', 'http']) ?? `http://localhost:${port}`,
    data: resolve(text(env, 'PERENNIAL_DATA') ?? join(ROOT, '.local')),
    databaseUrl,
    temporalAddress,
    temporalNamespace: text(env, 'TEMPORAL_NAMESPACE') ?? 'default',
    temporalUiUrl: readUrl(env, 'TEMPORAL_UI_URL', ['https', 'http']),
    smtpUrl: readUrl(env, 'SMTP_URL', ['smtp', 'smtps']),
    bouncePort: readBouncePort(env),
    bounceTls: readBounceTls(env),
    smsUrl: readSms(env),
    demo: readDemo(env, databaseUrl === undefined),
    logLevel: readLogLevel(env),
    admin: readAdmin(env),
  }
}

/** An empty variable is one that is not set: compose files and CI write them so. */
function text(env: NodeJS.ProcessEnv, name: string): string | undefined {
  const value = env[name]?.trim()
  return value === '' ? undefined : value
}

function readRole([first = 'all', ...more]: readonly string[]): Role {
  if ((first === 'all' || first === 'api' || first === 'worker') && more.length === 0) return first
  throw new Hint(`There is no role "${[first, ...more].join(' ')}": it is all (the default), api or worker.`)
}

function readPort(env: NodeJS.ProcessEnv): number {
  const port = Number(text(env, 'PORT') ?? 8080)
  if (Number.isInteger(port) && port > 0 && port < 65_536) return port
  throw new Hint(`PORT is "${env.PORT}": it has to be a whole number from 1 to 65535.`)
}

function readBouncePort(env: NodeJS.ProcessEnv): number | undefined {
  const value = text(env, 'BOUNCE_PORT')
  if (value === undefined) return undefined
  const port = Number(value)
  if (Number.isInteger(port) && port > 0 && port < 65_536) return port
  throw new Hint(`BOUNCE_PORT is "${value}": it has to be a whole number from 1 to 65535.`)
}

function readBounceTls(env: NodeJS.ProcessEnv): { cert: string; key: string } | undefined {
  const [cert, key] = [text(env, 'BOUNCE_TLS_CERT'), text(env, 'BOUNCE_TLS_KEY')]
  if (cert === undefined && key === undefined) return undefined
  if (cert === undefined || key === undefined) {
    throw new Hint('BOUNCE_TLS_CERT and BOUNCE_TLS_KEY belong together: set both, or neither.')
  }
  try {
    createSecureContext({ cert: readFileSync(cert), key: readFileSync(key) })
  } catch (error) {
    throw new Hint(
      `BOUNCE_TLS_CERT and BOUNCE_TLS_KEY cannot be used: ${error instanceof Error ? error.message : String(error)}.`,
    )
  }
  return { cert: resolve(cert), key: resolve(key) }
}

function readUrl(env: NodeJS.ProcessEnv, name: string, schemes: readonly string[]): string | undefined {
  const value = text(env, name)
  if (value === undefined) return undefined
  if (URL.canParse(value) && schemes.includes(new URL(value).protocol.slice(0, -1))) return value.replace(/\/+$/, '')
  throw new Hint(`${name} is "${value}": it has to be an address that begins with ${schemes.join(':// or ')}://.`)
}

function readSms(env: NodeJS.ProcessEnv): string | undefined {
  const value = text(env, 'SMS_URL')
  if (value === undefined) return undefined
  try {
    readSmsUrl(value, '')
    return value
  } catch (error) {
    throw new Hint(`SMS_URL cannot be used: ${error instanceof Error ? error.message : String(error)}.`)
  }
}

function readDemo(env: NodeJS.ProcessEnv, embedded: boolean): boolean {
  const value = text(env, 'PERENNIAL_DEMO')
  if (value === undefined) return embedded
  if (value === '0' || value === '1') return value === '1'
  throw new Hint(`PERENNIAL_DEMO is "${value}": it is 1 (fill an empty database) or 0.`)
}

const LOG_LEVELS = ['debug', 'info', 'warn', 'error']

function readLogLevel(env: NodeJS.ProcessEnv): string {
  const value = text(env, 'LOG_LEVEL') ?? 'info'
  if (LOG_LEVELS.includes(value)) return value
  throw new Hint(`LOG_LEVEL is "${value}": it has to be one of ${LOG_LEVELS.join(', ')}.`)
}

function readAdmin(env: NodeJS.ProcessEnv): Environment['admin'] {
  const email = text(env, 'PERENNIAL_ADMIN_EMAIL')
  const password = env.PERENNIAL_ADMIN_PASSWORD
  if (email === undefined && (password === undefined || password === '')) return undefined
  if (email !== undefined && password !== undefined && password !== '') return { email, password }
  throw new Hint('PERENNIAL_ADMIN_EMAIL and PERENNIAL_ADMIN_PASSWORD belong together: set both or neither.')
}
