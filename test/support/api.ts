import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { pino } from 'pino'
import { routes as allRoutes, publicPages } from '../../api/routes.ts'
import { type AppOptions, createApp } from '../../api/server/createApp.ts'
import type { Route } from '../../api/server/route.ts'
import type { Workflows } from '../../api/server/services.ts'
import type { OidcSettings } from '../../domain/access/oidc.ts'
import type { Dns } from '../../domain/checks/dns.ts'
import type { Database } from '../../domain/database.ts'
import type { HookSecrets } from '../../domain/feedback/services/service.ts'

/** What the API asked of Temporal, in order: the name of the function and its arguments. */
export type AskedOfTemporal = Array<[name: keyof Workflows, ...args: unknown[]]>

export type Reply<Body> = { status: number; headers: Headers; body: Body }

export type TestApi = {
  /** Without a trailing slash. */
  url: string
  /** The key that `call` sends. */
  key: string
  asked: AskedOfTemporal
  /**
   * Calls `/api/v1` + path with the API key; a body is sent as JSON. `body` of the reply is the parsed JSON, if any;
   * the test says what it expects: `call<Segment>('get', '/segments/x')`.
   */
  call<Body = Record<string, unknown>>(
    method: string,
    path: string,
    body?: unknown,
    headers?: Record<string, string>,
  ): Promise<Reply<Body>>
  close(): Promise<void>
}

/** A {@link Workflows} that writes down what it is asked and says that all is well. */
export function recordingWorkflows(asked: AskedOfTemporal = []): Workflows {
  return {
    wakeSegments: () => {
      asked.push(['wakeSegments'])
    },
    dispatchOutbox: async () => {
      asked.push(['dispatchOutbox'])
    },
    signalCampaign: async (...args) => {
      asked.push(['signalCampaign', ...args])
    },
    health: async () => ({ temporal: true, worker: true }),
  }
}

/**
 * Starts the API on a free port over a test's database, with all answers checked against their schemas.
 *
 * @param routes all of them when left out
 * @param now the clock
 * @param options of {@link createApp}; `workflows` in place of the recording ones, `publicUrl` of links, `smtpUrl` where test mails go
 */
export async function startApi(
  db: Database,
  routes: readonly Route[] = allRoutes,
  now: () => Date = () => new Date(),
  options: AppOptions & {
    workflows?: Workflows
    publicUrl?: string
    smtpUrl?: string
    smsUrl?: string
    pushUrl?: string
    dns?: Dns
    hooks?: HookSecrets
    oidc?: OidcSettings
    temporalPages?: { url: string; namespace: string }
    privateWebhooks?: boolean
  } = {},
): Promise<TestApi> {
  const key = options.apiKey ?? 'test-key-0123456789'
  const asked: AskedOfTemporal = []
  const services = {
    db,
    workflows: options.workflows ?? recordingWorkflows(asked),
    now,
    smtpUrl: options.smtpUrl ?? '',
    smsUrl: options.smsUrl ?? '',
    pushUrl: options.pushUrl ?? '',
    dns: options.dns ?? { txt: async () => 'unreachable' as const, mx: async () => 'unreachable' as const },
    publicUrl: options.publicUrl ?? 'http://localhost:8080',
    hooks: options.hooks ?? {},
    oidc: options.oidc,
    temporalPages: options.temporalPages,
    privateWebhooks: options.privateWebhooks,
    log: pino({ level: process.env.TEST_LOG ?? 'silent' }),
  }
  const app = createApp(services, routes, { checkAnswers: true, publicPages, ...options, apiKey: key })
  const server = app.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`

  return {
    url,
    key,
    asked,
    call: async <Body>(method: string, path: string, body?: unknown, headers: Record<string, string> = {}) => {
      const response = await fetch(`${url}/api/v1${path}`, {
        method: method.toUpperCase(),
        headers: {
          authorization: `Bearer ${key}`,
          ...(body === undefined ? {} : { 'content-type': 'application/json' }),
          ...headers,
        },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      })
      const text = await response.text()
      const json = text !== '' && (response.headers.get('content-type') ?? '').includes('json')
      return { status: response.status, headers: response.headers, body: (json ? JSON.parse(text) : text) as Body }
    },
    close: async () => {
      server.close()
      server.closeAllConnections()
      if (server.listening) await once(server, 'close')
    },
  }
}
