import express, { type Request, type Response, Router } from 'express'
import { z } from 'zod'
import { readSmsUrl } from '../domain/deliveries/channels/sms.ts'
import { isSigned } from '../domain/deliveries/channels/smsGateway.ts'
import { isTwilios } from '../domain/deliveries/channels/twilio.ts'
import { recordStatus } from '../domain/deliveries/recordStatus.ts'
import { Problem } from '../domain/errors.ts'
import { answerSms } from '../domain/suppressions/answerSms.ts'
import type { Services } from './server/services.ts'

const LIMIT = '16kb'

/** What a gateway says later: what became of a message, or what a customer answered. docs/sms-gateway.md */
const note = z.union([
  z.object({ id: z.string().max(255), state: z.literal('delivered') }),
  z.object({
    id: z.string().max(255),
    state: z.literal('failed'),
    reason: z.string().max(1_000).default(''),
    gone: z.boolean().default(false),
  }),
  z.object({ from: z.string().max(32), text: z.string().max(2_000) }),
])

/** Twilio's states that are no news yet. */
const DELIVERED = new Set(['delivered', 'read'])
const FAILED = new Set(['undelivered', 'failed'])
/** Its codes that say that there is no such number, or none that takes messages. */
const GONE = new Set(['30005', '30006'])

/**
 * Where telephone networks call back: deliveries, failures and answers. Only what is signed with the secret of `SMS_URL`
 * is believed; the same note twice changes nothing.
 */
export function smsHooksRouter(services: Services): Router {
  const { db, now, publicUrl, smsUrl, workflows } = services
  const provider = smsUrl === '' ? null : readSmsUrl(smsUrl, publicUrl)
  const router = Router()

  router.post(
    '/hooks/sms',
    express.raw({ type: () => true, limit: LIMIT }),
    async (request: Request, response: Response) => {
      if (provider?.kind !== 'gateway') throw unknown()
      const body = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0)
      const headers = { timestamp: request.get('perennial-timestamp'), signature: request.get('perennial-signature') }
      if (!isSigned(provider.gateway.secret, body, headers, now())) throw unsigned()
      const parsed = note.safeParse(readJson(body))
      if (!parsed.success) throw new Problem('invalid', 'Allowed are {id, state, reason} and {from, text}')
      await take(parsed.data)
      response.status(204).end()
    },
  )

  const readForm = express.urlencoded({ extended: false, limit: LIMIT, parameterLimit: 200 })
  router.post('/hooks/sms/twilio', readForm, async (request: Request, response: Response) => {
    if (provider?.kind !== 'twilio') throw unknown()
    const form = z.record(z.string(), z.string()).catch({}).parse(request.body)
    const url = `${publicUrl}${request.originalUrl}`
    if (!(await isTwilios(provider.account.token, request.get('x-twilio-signature') ?? '', url, form))) throw unsigned()
    const { MessageStatus: status = '', From: from, Body: text } = form
    const id = typeof request.query.id === 'string' ? request.query.id.slice(0, 255) : ''
    if (DELIVERED.has(status)) await take({ id, state: 'delivered' })
    else if (FAILED.has(status)) {
      const gone = GONE.has(form.ErrorCode ?? '')
      await take({ id, state: 'failed', reason: reasonOf(status, form), gone })
    } else if (status === '' && from !== undefined && text !== undefined) await take({ from, text })
    response.type('text/xml').send('<Response/>')
  })

  const take = async (told: z.output<typeof note>) => {
    if ('id' in told) await recordStatus(db, told.id, told, now())
    else await answerSms(db, told, now())
    workflows.wakeSegments()
  }
  return router
}

const reasonOf = (status: string, form: Readonly<Record<string, string>>) =>
  [status, form.ErrorCode, form.ErrorMessage].filter((part) => part !== undefined && part !== '').join(' ')

function readJson(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString('utf8'))
  } catch {
    return null
  }
}

const unknown = () => new Problem('not_found', 'There is nothing at this address.')
const unsigned = () => new Problem('unauthenticated', 'This is not signed with the secret of SMS_URL.')
